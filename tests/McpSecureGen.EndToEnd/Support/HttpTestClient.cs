using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>A client of the SDK over HTTP, whose headers can change from one request to the next.</summary>
internal sealed class HttpTestClient : IAsyncDisposable
{
    private readonly Headers _headers;
    private readonly HttpClient _http;
    private McpClient? _client;

    private HttpTestClient(string? token, string? user)
    {
        _headers = new Headers(user) { InnerHandler = new SocketsHttpHandler(), Token = token };
        _http = new HttpClient(_headers);
    }

    public McpClient Client => _client!;

    /// <summary>The token of the next requests; null: no header.</summary>
    public string? Token
    {
        set => _headers.Token = value;
    }

    /// <summary>A call with a token of its own, at the same time as others of the same session.</summary>
    public async Task<CallToolResult> CallAsAsync(string token, string tool, string arguments = "{}")
    {
        _headers.OfThisFlow.Value = token;
        return await CallAsync(tool, arguments);
    }

    public static async Task<HttpTestClient> ConnectAsync(
        Uri endpoint, string? token, string? protocolVersion, string? user, HttpTransportMode mode = HttpTransportMode.StreamableHttp)
    {
        var connection = new HttpTestClient(token, user);
        try
        {
            var transport = new HttpClientTransport(
                new HttpClientTransportOptions { Endpoint = endpoint, TransportMode = mode }, connection._http);
            connection._client = await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = protocolVersion });
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<string[]> ToolsAsync() => [.. (await Client.ListToolsAsync()).Select(static tool => tool.Name).Order(StringComparer.Ordinal)];

    /// <summary>Calls a tool with arguments given as JSON text.</summary>
    public ValueTask<CallToolResult> CallAsync(string tool, string arguments = "{}", JsonObject? meta = null) =>
        Client.CallToolAsync(new CallToolRequestParams
        {
            Name = tool,
            Arguments = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value),
            Meta = meta ?? [],
        });

    /// <summary>The code by which a call is refused, as an error in a message or as the answer of the endpoint.</summary>
    public async Task<int> RefusalAsync(string tool, string arguments = "{}")
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await CallAsync(tool, arguments));
        return refusal is HttpRefusedException http ? http.Code : (int)Assert.IsType<McpProtocolException>(refusal).ErrorCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        _http.Dispose();
    }

    private sealed class Headers(string? user) : DelegatingHandler
    {
        public volatile string? Token;
        public readonly AsyncLocal<string?> OfThisFlow = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if ((OfThisFlow.Value ?? Token) is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            if (user is not null)
            {
                request.Headers.Add("X-User", user);
            }

            var response = await base.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is 401 or 403)
            {
                using (response)
                {
                    throw new HttpRefusedException(
                        (int)response.StatusCode, response.Headers.WwwAuthenticate.ToString(), await response.Content.ReadAsStringAsync(cancellationToken));
                }
            }

            return response;
        }
    }
}
