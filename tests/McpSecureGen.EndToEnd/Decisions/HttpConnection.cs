using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpSecureGen.DecisionServer;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>Streamable HTTP, with a session or without, by requests written by hand.</summary>
internal sealed class HttpConnection(HttpTestServer server, string version, HttpServerSessionMode mode) : IDecisionConnection
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private string? _session;
    private int _id;

    public bool IsHttp => true;

    /// <summary>The newest version has no sessions: a server that has nothing else refuses it, as it does one that nobody knows.</summary>
    public bool ServesVersion =>
        version != DecisionMessage.GarbageVersion && !(version == DecisionMessage.NewestVersion && mode == HttpServerSessionMode.Stateful);

    public static async Task<IDecisionConnection> StartAsync(DecisionFiles files, string version, HttpServerSessionMode mode)
    {
        var server = await ServerAsync(files, options => options.SessionMode = mode);
        var connection = new HttpConnection(server, version, mode);
        if (mode == HttpServerSessionMode.Stateful && version != DecisionMessage.NewestVersion)
        {
            await connection.OpenSessionAsync();
        }

        return connection;
    }

    public static Task<HttpTestServer> ServerAsync(DecisionFiles files, Action<HttpServerTransportOptions> http) => HttpTestServer.StartAsync(
        static mcp => mcp.WithTools<DecisionTools>(),
        http,
        services =>
        {
            services.AddSingleton(new DecisionEffects(files.Effects));
            services.AddSingleton<IDistributedCache>(new FolderCache(files.Cache));
        },
        settings =>
        {
            foreach (var (key, value) in files.Settings)
            {
                settings[key] = value;
            }
        });

    public async Task<DecisionAnswer> SendAsync(DecisionRoute route, string? token)
    {
        var response = await PostAsync(DecisionMessage.Call(route, ++_id, version, null), token, version == DecisionMessage.NoVersion ? null : version, route);
        return response;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await server.DisposeAsync();
    }

    private async Task OpenSessionAsync()
    {
        using var request = Request(DecisionMessage.Initialize(version), Issuer.Token("read:files"));
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        _session = response.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private async Task<DecisionAnswer> PostAsync(string message, string? token, string? versionHeader, DecisionRoute route)
    {
        using var request = Request(message, token);
        if (versionHeader is not null)
        {
            request.Headers.Add("MCP-Protocol-Version", versionHeader);
        }

        if (route == DecisionRoute.WrongHeader || version == DecisionMessage.NewestVersion)
        {
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", route == DecisionRoute.WrongHeader ? "hidden_note" : DecisionMessage.NameOf(route));
        }

        using var response = await _http.SendAsync(request);
        return new((int)response.StatusCode, Message(await response.Content.ReadAsStringAsync()));
    }

    private HttpRequestMessage Request(string message, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        if (_session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", _session);
        }

        return request;
    }

    /// <summary>The JSON-RPC answer of a body, plain or as an event stream.</summary>
    internal static JsonElement Message(string body)
    {
        foreach (var line in body.Split('\n'))
        {
            var json = line.StartsWith("data:", StringComparison.Ordinal) ? line["data:".Length..].Trim() : line.Trim();
            if (json.StartsWith('{') && JsonElement.Parse(json) is var message && message.TryGetProperty("jsonrpc", out _) && !message.TryGetProperty("method", out _))
            {
                return message;
            }
        }

        return default;
    }
}
