using System.Net;
using McpSecureGen.Tests.Validation.Urls.Support;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Urls;

/// <summary>What a careless author writes: a plain client for the string, which resolves and connects by itself. The recorder sees where it goes.</summary>
internal sealed class PlainWeb(IHostAddressResolver names, SocketRecorder sockets) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, stop) =>
        {
            var host = context.DnsEndPoint.Host;
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await names.ResolveAsync(host, stop);
            return await sockets.ConnectAsync(new IPEndPoint(addresses[0], context.DnsEndPoint.Port), stop);
        },
    });

    public Task<string> GetAsync(Uri url, CancellationToken stop) => _client.GetStringAsync(url, stop);

    public void Dispose() => _client.Dispose();
}

public sealed record Page
{
    [SafeUrl(Schemes = ["http", "https"])]
    public required string Address { get; init; }
}

internal sealed class UrlTools(PlainWeb web, Effects effects, ConfinedHttp confined)
{
    [McpServerTool(Name = "text"), RequiresCapability("net:access")]
    public async Task<string> Text([SafeUrl(Schemes = ["http", "https"])] string url, CancellationToken stop)
    {
        effects.Note(url);
        return await web.GetAsync(new Uri(url), stop);
    }

    [McpServerTool(Name = "uri"), RequiresCapability("net:access")]
    public async Task<string> ParsedUri([SafeUrl(Schemes = ["http", "https"])] Uri url, CancellationToken stop)
    {
        effects.Note(url.AbsoluteUri);
        return await web.GetAsync(url, stop);
    }

    [McpServerTool(Name = "confined"), RequiresCapability("net:access")]
    public async Task<string> Confined([SafeUrl(Schemes = ["http", "https"])] ConfinedUrl url, CancellationToken stop)
    {
        effects.Note(url.Uri.AbsoluteUri);
        return await url.GetStringAsync(stop);
    }

    [McpServerTool(Name = "default_confined"), RequiresCapability("net:access")]
    public Task<string> DefaultConfined(ConfinedUrl url, CancellationToken stop) => url.GetStringAsync(stop);

    /// <summary>The tool makes its URL up from text that no rule has seen as one.</summary>
    [McpServerTool(Name = "made_up"), RequiresCapability("net:access")]
    public async Task<string> MadeUp(string text, CancellationToken stop)
    {
        using var client = confined.CreateClient(new ConfinedHttpOptions { Schemes = ["http", "https"] });
        return await client.GetStringAsync(text, stop);
    }

    [McpServerTool(Name = "many"), RequiresCapability("net:access")]
    public string Many([SafeUrl] string[] urls, Page page, [SafeUrl] string fallback = "https://DEFAULT.example.com")
    {
        foreach (var url in urls)
        {
            effects.Note(url);
        }

        effects.Note(page.Address);
        effects.Note(fallback);
        return "done";
    }

    [McpServerTool(Name = "private"), RequiresCapability("net:access")]
    public Task<string> AllowedPrivate([SafeUrl(Schemes = ["http"], AllowPrivate = true)] ConfinedUrl url, CancellationToken stop) => url.GetStringAsync(stop);
}
