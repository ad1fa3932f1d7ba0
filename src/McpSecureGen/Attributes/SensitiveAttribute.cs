namespace McpSecureGen;

/// <summary>
/// Marks a value that never leaves the call: it is left out of audit records and refusal messages, and its digest is not recorded either.
/// </summary>
/// <remarks>On a return value it keeps the result's size out of the audit record. CWE-532.</remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue, Inherited = true)]
public sealed class SensitiveAttribute : Attribute;
