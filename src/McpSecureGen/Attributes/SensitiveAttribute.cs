namespace McpSecureGen;

/// <summary>
/// Marks a value that never leaves the call: it is left out of audit records and refusal messages, and its digest is not recorded either.
/// </summary>
/// <remarks>
/// <para>The value of such an argument is also redacted in the result, when it has 6 characters or more. On a member of a type that is returned, or on the
/// parameter of its positional record, the member is written as a placeholder, in text and structured content alike: <c>[redacted]</c> for text.</para>
/// <para>On a return value it keeps the result's size out of the audit record; the client gets the result. CWE-532, CWE-200.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue, Inherited = true)]
public sealed class SensitiveAttribute : Attribute;
