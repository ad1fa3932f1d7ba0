namespace McpSecureGen.Validation;

/// <summary>A rule that can say in the JSON schema of a tool what it enforces, so that a client that follows the schema is not refused.</summary>
public interface ISchemaRule
{
    /// <summary>Adds what the schema of the value does not say yet.</summary>
    void Describe(SchemaNode schema);
}
