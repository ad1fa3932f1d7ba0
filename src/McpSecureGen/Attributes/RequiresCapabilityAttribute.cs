namespace McpSecureGen;

/// <summary>
/// Declares what a caller must hold to use a tool, prompt or resource: every capability named, on the method and on its class together.
/// </summary>
/// <remarks>
/// <para>Several attributes add up. On a class it covers every primitive of that class, methods it inherits included.
/// An override keeps the declaration of the method it overrides.</para>
/// <para>A primitive without this attribute and without <see cref="RequiresNoCapabilityAttribute"/> does not build (MCPSEC1001), and a server
/// that holds one does not start. A caller without the capability gets a JSON-RPC error with <c>reason: insufficient_capability</c>; no code of
/// the tool runs, its constructor included.</para>
/// <para>Names are checked against the built-in vocabulary (<see cref="McpCapabilities"/>) and <see cref="DefineCapabilityAttribute"/>
/// (MCPSEC1002, MCPSEC1003). Source: MCP 2026-07-28 server/tools, "Security Considerations": servers MUST implement access controls.</para>
/// </remarks>
/// <param name="capabilities">One or more capability names, <c>verb:object</c> or <c>verb:object/qualifier</c>, lower case.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class RequiresCapabilityAttribute(params string[] capabilities) : Attribute
{
    /// <summary>The capabilities the caller must hold, all of them.</summary>
    public IReadOnlyList<string> Capabilities { get; } = capabilities;
}
