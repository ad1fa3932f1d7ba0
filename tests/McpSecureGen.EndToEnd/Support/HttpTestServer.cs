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
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        Endpoint = new Uri(new Uri(address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)), "mcp");
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
    /// <param name="endpoint">What the author writes after <c>MapMcp()</c>.</param>
    /// <param name="url">What the server listens on.</param>
    public static async Task<HttpTestServer> StartAsync(
        Action<IMcpServerBuilder> register,
        Action<HttpServerTransportOptions>? http = null,
        Action<IServiceCollection>? services = null,
        Action<Dictionary<string, string?>>? settings = null,
        Action<WebApplication>? pipeline = null,
        Action<IEndpointConventionBuilder>? endpoint = null,
        string url = "http://127.0.0.1:0")
    {
        var security = new SecurityConfiguration();
        WebApplication? app = null;
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls(url);
            builder.Configuration.AddConfiguration(security.Build(settings));
            builder.Services.AddSingleton<Effects>();
            register(builder.Services.AddMcpServer().WithHttpTransport(http));
            services?.Invoke(builder.Services);
            app = builder.Build();
            pipeline?.Invoke(app);
            var mapped = app.MapMcp("/mcp");
            endpoint?.Invoke(mapped);
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
        var answer = await SendAsync(message, authorization, query: query);
        return (answer.Status, answer.Body);
    }

    /// <summary>One raw request.</summary>
    /// <param name="message">The body, as text or as bytes; null: none.</param>
    /// <param name="authorization">The header; null: none.</param>
    /// <param name="version">The protocol version header; null: none.</param>
    /// <param name="change">Whatever else is to be different.</param>
    /// <param name="query">The query string.</param>
    public async Task<HttpAnswer> SendAsync(
        object? message, string? authorization = null, string? version = "2025-06-18", Action<HttpRequestMessage>? change = null, string query = "")
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Endpoint + query));
        if (message is not null)
        {
            request.Content = new ByteArrayContent(message as byte[] ?? Encoding.UTF8.GetBytes((string)message));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        }

        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", version);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        change?.Invoke(request);
        using var response = await client.SendAsync(request);
        return new HttpAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenge) ? challenge.ToString() : null,
            response);
    }

    /// <summary>The refusals on the record: method, reason and rule.</summary>
    public IReadOnlyList<string> Refusals =>
    [
        .. Audit.Where(static r => r.GetProperty("decision").GetString() == "refused").Select(static r =>
            string.Join(' ', new[] { "method", "primitive", "reason", "rule" }
                .Select(name => r.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
                .Where(static text => text is not null))),
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Security.Dispose();
    }
}
