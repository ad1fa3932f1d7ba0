using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>Tools that fetch what they are told to.</summary>
[McpNamespace("cves"), RequiresCapability("read:files")]
internal sealed class SsrfCveTools
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    [McpServerTool(Name = "u_fetch")]
    public static async Task<string> Fetch([SafeUrl(Schemes = ["http", "https"])] string url, CancellationToken cancellationToken) =>
        await Http.GetStringAsync(new Uri(url), cancellationToken);

    [McpServerTool(Name = "u_confined")]
    public static Task<string> FetchConfined([SafeUrl(Schemes = ["http", "https"])] ConfinedUrl url) => Task.FromResult(url.ToString()!);

    /// <summary>The same with addresses of this machine allowed, to show that it fetches.</summary>
    [McpServerTool(Name = "u_fetch_private")]
    public static async Task<string> FetchPrivate([SafeUrl(Schemes = ["http"], AllowPrivate = true)] string url, CancellationToken cancellationToken) =>
        await Http.GetStringAsync(new Uri(url), cancellationToken);
}
