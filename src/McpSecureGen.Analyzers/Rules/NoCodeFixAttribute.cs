namespace McpSecureGen.Analyzers.Rules;

/// <summary>States why a rule offers no code fix, so that a missing fix is a decision and not an omission.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NoCodeFixAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
