using McpSecureGen.Hosting;
using McpSecureGen.Metadata;
using Microsoft.AspNetCore.Http;

namespace McpSecureGen.Http;

/// <summary>Whether the web page that makes a request may: MCP 2026-07-28, transports, "servers MUST validate the Origin header".</summary>
internal static class OriginHeader
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    internal static bool IsAllowed(HttpContext context, HttpSecuritySettings settings)
    {
        var header = context.Request.Headers.Origin;
        if (header.Count == 0)
        {
            return true;
        }

        return header.Count == 1 && header[0] is { } origin && (settings.Origins.Contains(origin) || IsLoopback(context, origin));
    }

    /// <summary>As a browser writes it (RFC 6454, section 6.1): lower case, the scheme's own port left out.</summary>
    internal static string Of(Uri uri) => $"{uri.Scheme}://{ResourceUri.Authority(uri)}";

    /// <summary>A page that this machine serves itself under the port that was called, read from text that is compared whole.</summary>
    private static bool IsLoopback(HttpContext context, string origin)
    {
        if (HostName.TryParse(context.Request.Headers.Host) is not { } called || !HostHeader.IsLoopback(context, called))
        {
            return false;
        }

        foreach (var name in LoopbackNames)
        {
            foreach (var scheme in (string[])["http", "https"])
            {
                var own = called.Port is { } port ? FormattableString.Invariant($"{scheme}://{name}:{port}") : $"{scheme}://{name}";
                if (string.Equals(origin, own, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
