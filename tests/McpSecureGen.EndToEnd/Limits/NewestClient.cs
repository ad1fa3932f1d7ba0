using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>A client of protocol 2026-07-28 that does what it likes with the state it is given, over one connection for several callers.</summary>
internal sealed class NewestClient : IAsyncDisposable
{
    private const string Yes = """{"action":"accept","content":{"confirm":true}}""";

    private readonly RawServer _server;

    private NewestClient(RawServer server) => _server = server;

    public Effects Effects => _server.Services.GetRequiredService<Effects>();

    /// <summary>What the last question asked for.</summary>
    public string[] LastQuestions { get; private set; } = [];

    public static async Task<NewestClient> StartAsync(
        Action<IMcpServerBuilder> register, Action<Dictionary<string, string?>>? settings = null, Action<IServiceCollection>? services = null) =>
        new(await RawServer.StartAsync(
            register,
            collection =>
            {
                collection.AddSingleton<Effects>();
                services?.Invoke(collection);
            },
            settings,
            hasHandshake: false));

    public static string Token(string subject = "alice", string scope = "write:files") => Issuer.Token(scope, subject: subject);

    /// <summary>For each attempt its outcome, or why it was refused.</summary>
    public string?[] NewEnds(string method = "tools/call") => [.. _server.NewAudit()
        .Where(record => record.GetProperty("method").GetString() == method)
        .Select(static record => (record.GetProperty("decision").GetString() == "allowed" && record.TryGetProperty("outcome", out var outcome)
            ? outcome
            : record.GetProperty("reason")).GetString())];

    /// <summary>Calls, and gives the state of the question that comes back.</summary>
    public async Task<string> AskedAsync(string tool, string arguments, string token)
    {
        var result = (await CallAsync(tool, arguments, token)).GetProperty("result");
        Assert.Equal("input_required", result.GetProperty("resultType").GetString());
        LastQuestions = [.. result.GetProperty("inputRequests").EnumerateObject().Select(static question => question.Name)];
        return result.GetProperty("requestState").GetString()!;
    }

    /// <summary>Calls again with a state and an answer.</summary>
    public Task<JsonElement> AnswerAsync(string tool, string arguments, string token, string? state, string? answer = Yes, string key = "mcpsecuregen_confirmation")
    {
        var more = new JsonObject();
        if (state is not null)
        {
            more["requestState"] = state;
        }

        if (answer is not null)
        {
            more["inputResponses"] = new JsonObject { [key] = JsonNode.Parse(answer) };
        }

        return CallAsync(tool, arguments, token, more);
    }

    public Task<JsonElement> CallAsync(string tool, string arguments, string? token, JsonObject? more = null)
    {
        var parameters = more ?? [];
        parameters["name"] = tool;
        parameters["arguments"] = JsonNode.Parse(arguments);
        return SendAsync("tools/call", parameters, token);
    }

    public Task<JsonElement> SendAsync(string method, JsonObject parameters, string? token) => _server.SendAsync(method, With(parameters, token));

    public Task PostAsync(string method, JsonObject parameters, string? token) => _server.PostAsync(method, With(parameters, token));

    public Task NotifyAsync(string method, JsonObject parameters, string? token) =>
        _server.NotifyAsync(method, new JsonObject { ["_meta"] = TestServer.Meta(token), ["more"] = parameters }.ToJsonString());

    /// <summary>The text of a result, or the message of an error.</summary>
    public static string Text(JsonElement answer) => answer.TryGetProperty("error", out var error)
        ? error.GetProperty("message").GetString()!
        : string.Concat(answer.GetProperty("result").GetProperty("content").EnumerateArray().Select(static block => block.GetProperty("text").GetString()));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string With(JsonObject parameters, string? token)
    {
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "raw", ["version"] = "1" },
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject { ["elicitation"] = new JsonObject { ["form"] = new JsonObject() } },
        };
        if (token is not null)
        {
            parameters["_meta"]![CallMetaCredential.MetaKey] = token;
        }

        return parameters.ToJsonString();
    }
}
