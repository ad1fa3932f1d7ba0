namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>Arguments, as JSON, that the method must accept. For a resource: a URI.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class SampleAttribute(string arguments) : Attribute
{
    public string Arguments => arguments;
}

/// <summary>Arguments that must be refused, and what the refusal must name.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusedAttribute(string arguments, string parameter, string rule) : Attribute
{
    public string Arguments => arguments;

    public string Parameter => parameter;

    public string Rule => rule;
}
