using McpSecureGen.Identity;

namespace McpSecureGen.Invocation;

/// <summary>Whom and what a state holds for.</summary>
/// <param name="Issuer">The caller's issuer.</param>
/// <param name="Subject">The caller.</param>
/// <param name="Client">The client that acts for it.</param>
/// <param name="Method">The protocol method.</param>
/// <param name="Primitive">The name or URI.</param>
/// <param name="Arguments">The digest of the arguments.</param>
internal readonly record struct StateBinding(string Issuer, string Subject, string? Client, string Method, string Primitive, byte[] Arguments)
{
    internal static StateBinding Of(Caller caller, string method, string primitive, byte[] arguments) =>
        new(caller.Issuer, caller.Subject, caller.ClientId, method, primitive, arguments);
}
