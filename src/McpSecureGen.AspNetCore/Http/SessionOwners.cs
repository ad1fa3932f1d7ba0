using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpSecureGen.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using ModelContextProtocol.Server;

namespace McpSecureGen.Http;

/// <summary>Who opened which session, for as long as it runs: a session is its owner's alone, and to anyone else it does not exist (CVE-2026-33946).</summary>
/// <remarks>
/// The SDK binds sessions to the user too, and answers another one with 403, which tells that the session is there. So the identifier of another's session
/// is replaced by one that was never given out: whatever the SDK answers then is what it answers for an unknown one.
/// </remarks>
internal sealed class SessionOwners
{
    private const string Header = "Mcp-Session-Id";
    private const string QueryKey = "sessionId";

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Runs a session, and knows its owner meanwhile.</summary>
    internal async Task RunAsync(HttpContext opening, McpServer server, Func<Task> run)
    {
        if (server.SessionId is not { Length: > 0 } id)
        {
            await run().ConfigureAwait(false);
            return;
        }

        _sessions[id] = new Session(OwnerOf(opening), server.ServerOptions);
        try
        {
            await run().ConfigureAwait(false);
        }
        finally
        {
            _sessions.TryRemove(id, out _);
        }
    }

    /// <summary>The options of the session that the request names, which its callback may have changed; null where it names none of the caller's own.</summary>
    internal McpServerOptions? OptionsOf(HttpContext context)
    {
        var id = context.Request.Headers[Header] is { Count: > 0 } header ? header.ToString() : context.Request.Query[QueryKey].ToString();
        return id.Length > 0 && !IsForeign(context, id) && _sessions.TryGetValue(id, out var session) ? session.Options : null;
    }

    /// <summary>Whether the request names another's session, whose name it then no longer carries.</summary>
    internal bool HideForeign(HttpContext context)
    {
        var isForeign = false;
        if (IsForeign(context, context.Request.Headers[Header].ToString()))
        {
            context.Request.Headers[Header] = Unknown();
            isForeign = true;
        }

        if (context.Request.Query.TryGetValue(QueryKey, out var named) && IsForeign(context, named.ToString()))
        {
            context.Request.QueryString = QueryString.Create(QueryKey, Unknown());
            isForeign = true;
        }

        return isForeign;
    }

    private bool IsForeign(HttpContext context, string id) =>
        id.Length > 0 && _sessions.TryGetValue(id, out var session) &&
        (session.Owner is not { } owner || !string.Equals(owner, OwnerOf(context), StringComparison.Ordinal));

    private static string? OwnerOf(HttpContext context) => context.User.Identities.OfType<CallerIdentity>().FirstOrDefault()?.Owner;

    /// <param name="Owner">Null: opened without a caller, and nobody's.</param>
    /// <param name="Options">What the session serves.</param>
    private sealed record Session(string? Owner, McpServerOptions Options);

    private static string Unknown() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
}
