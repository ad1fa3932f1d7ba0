using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>The ways in which the SDK serves HTTP, with a protocol version that a client can have in each.</summary>
public static class HttpMode
{
    private const string Handshake = "2025-06-18";
    private const string PerRequest = "2026-07-28";

    /// <summary>Session mode and protocol version.</summary>
    public static TheoryData<HttpServerSessionMode, string> All => new()
    {
        { HttpServerSessionMode.Stateless, Handshake },
        { HttpServerSessionMode.Stateless, PerRequest },
        { HttpServerSessionMode.Stateful, Handshake },
        { HttpServerSessionMode.StatefulForInitializeClients, Handshake },
        { HttpServerSessionMode.StatefulForInitializeClients, PerRequest },
    };
}
