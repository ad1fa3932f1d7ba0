namespace McpSecureGen;

/// <summary>
/// Opens one tool, prompt or resource to every authenticated caller. The caller still proves who it is, arguments are still validated and the
/// attempt is still recorded.
/// </summary>
/// <remarks>A class-level <see cref="RequiresCapabilityAttribute"/> still applies: the waiver removes the need to declare, never a declaration.</remarks>
/// <param name="reason">Why no capability is needed; not empty (MCPSEC1006). It is printed in the manifest for reviewers.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = true)]
public sealed class RequiresNoCapabilityAttribute(string reason) : Attribute
{
    /// <summary>Why no capability is needed.</summary>
    public string Reason { get; } = reason;
}
