using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>A server of the SDK over HTTP, on Kestrel and a port of its own, secured by what an author writes and nothing else.</summary>
/// <remarks>The calls of <c>AddMcpServer</c> and <c>WithHttpTransport</c> below are intercepted; nothing here installs the guard by hand.</remarks>
internal sealed class HttpTestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpTestServer(WebApplication app, SecurityConfiguration security)
    {
        (_app, Security) = (app, security);
        Endpoint = new Uri(new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()), "mcp");
        Effects = app.Services.GetRequiredService<Effects>();
    }

    public SecurityConfiguration Security { get; }

    public Uri Endpoint { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What the tools of this server did.</summary>
    public Effects Effects { get; }

    /// <summary>The lines of the audit log so far.</summary>
    public IReadOnlyList<JsonElement> Audit
    {
        get
        {
            using var file = new StreamReader(new FileStream(Security.AuditFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];
        }
    }

    /// <summary>Starts a server. Throws what the server's own start would throw.</summary>
    /// <param name="register">What the author writes after <c>AddMcpServer()</c>.</param>
    /// <param name="http">What the author writes in <c>WithHttpTransport</c>.</param>
    /// <param name="services">What the author writes elsewhere.</param>
    /// <param name="settings">Changes of the configuration.</param>
    /// <param name="pipeline">What the author puts in front of the endpoint.</param>
    public static async Task<HttpTestServer> StartAsync(
        Action<IMcpServerBuilder> register,
        Action<HttpServerTransportOptions>? http = null,
        Action<IServiceCollection>? services = null,
        Action<Dictionary<string, string?>>? settings = null,
        Action<WebApplication>? pipeline = null)
    {
        var security = new SecurityConfiguration();
        WebApplication? app = null;
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration.AddConfiguration(security.Build(settings));
            builder.Services.AddSingleton<Effects>();
            register(builder.Services.AddMcpServer().WithHttpTransport(http));
            services?.Invoke(builder.Services);
            app = builder.Build();
            pipeline?.Invoke(app);
            app.MapMcp("/mcp");
            await app.StartAsync();
            return new HttpTestServer(app, security);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            security.Dispose();
            throw;
        }
    }

    /// <summary>A client of the SDK.</summary>
    /// <param name="token">The token of its first requests; null: none.</param>
    /// <param name="protocolVersion">What it asks for; null: the newest that the server has.</param>
    /// <param name="user">The name by which the tests' own authentication knows it; null: anonymous.</param>
    public Task<HttpTestClient> ConnectAsync(string? token, string? protocolVersion = null, string? user = null) =>
        HttpTestClient.ConnectAsync(Endpoint, token, protocolVersion, user);

    /// <summary>One request of protocol 2025-06-18 without a session, for what no client of the SDK sends.</summary>
    public async Task<(int Status, string Body)> PostAsync(string message, string? authorization = null, string query = "")
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Endpoint + query))
        {
            Content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-06-18");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Security.Dispose();
    }
}
