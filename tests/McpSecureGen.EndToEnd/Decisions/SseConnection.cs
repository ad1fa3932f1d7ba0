#pragma warning disable MCP9004 // The legacy transport is obsolete in the SDK and still at work: it must decide like the others.
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>The legacy transport: answers come over one long event stream, calls go to another endpoint.</summary>
internal sealed class SseConnection : IDecisionConnection
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly HttpTestServer _server;
    private readonly string _version;
    private readonly StreamReader _events;
    private readonly HttpResponseMessage _stream;
    private Uri? _messages;
    private int _id;

    private SseConnection(HttpTestServer server, string version, HttpResponseMessage stream, StreamReader events) =>
        (_server, _version, _stream, _events) = (server, version, stream, events);

    public bool IsHttp => true;

    public bool ServesVersion => true;

    public static async Task<IDecisionConnection> StartAsync(DecisionFiles files, string version)
    {
        var server = await HttpConnection.ServerAsync(files, static options =>
        {
            options.SessionMode = HttpServerSessionMode.Stateful;
            options.EnableLegacySse = true;
        });
        using var open = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Endpoint + "/sse"));
        open.Headers.Accept.Add(new("text/event-stream"));
        open.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Issuer.Token("read:files"));
        var stream = await new HttpClient().SendAsync(open, HttpCompletionOption.ResponseHeadersRead);
        stream.EnsureSuccessStatusCode();
        var connection = new SseConnection(server, version, stream, new StreamReader(await stream.Content.ReadAsStreamAsync()));
        connection._messages = new Uri(server.Endpoint, await connection.EventAsync());
        if (version is not (DecisionMessage.NewestVersion or DecisionMessage.NoVersion))
        {
            await connection.PostAsync(DecisionMessage.Initialize(version), Issuer.Token("read:files"), DecisionRoute.Direct);
            await connection.EventAsync();
            await connection.PostAsync(DecisionMessage.Initialized, Issuer.Token("read:files"), DecisionRoute.Direct);
        }

        return connection;
    }

    public async Task<DecisionAnswer> SendAsync(DecisionRoute route, string? token)
    {
        var (status, body) = await PostAsync(DecisionMessage.Call(route, ++_id, _version, null), token, route);
        return status == 202 ? new(status, JsonElement.Parse(await EventAsync())) : new(status, HttpConnection.Message(body));
    }

    public async ValueTask DisposeAsync()
    {
        _events.Dispose();
        _stream.Dispose();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<(int Status, string Body)> PostAsync(string message, string? token, DecisionRoute route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _messages)
        {
            Content = new StringContent(message, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        if (route == DecisionRoute.WrongHeader)
        {
            request.Headers.Add("Mcp-Method", "tools/call");
            request.Headers.Add("Mcp-Name", "hidden_note");
        }

        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The data of the next event.</summary>
    private async Task<string> EventAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await _events.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
            {
                return line["data:".Length..].Trim();
            }
        }

        throw new EndOfStreamException();
    }
}
