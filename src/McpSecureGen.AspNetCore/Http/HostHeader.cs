using System.Collections.Frozen;
using System.Net;
using McpSecureGen.Hosting;
using Microsoft.AspNetCore.Http;

namespace McpSecureGen.Http;

/// <summary>Whether a request calls the server by one of its names. A page that was rebound to this machine calls it by the page's (CWE-346).</summary>
internal static class HostHeader
{
    private static readonly FrozenSet<string> LoopbackNames = ["localhost", "127.0.0.1", "::1"];

    internal static bool IsAllowed(HttpContext context, HttpSecuritySettings settings)
    {
        var header = context.Request.Headers.Host;
        if (header.Count != 1 || HostName.TryParse(header[0]) is not { } name)
        {
            return false;
        }

        return settings.Hosts.Contains(name) || settings.Hosts.Contains(name with { Port = null }) || IsLoopback(context, name);
    }

    /// <summary>Whether this machine calls itself: by a loopback name, over a connection to a loopback address. An unknown address is none.</summary>
    internal static bool IsLoopback(HttpContext context, HostName name) =>
        LoopbackNames.Contains(name.Host) && context.Connection.LocalIpAddress is { } address && IPAddress.IsLoopback(address);
}
