using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>A secured server whose answers are looked at as the bytes that stand on the pipe.</summary>
internal sealed class PipeServer : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SecurityConfiguration _security = new();
    private readonly ServiceProvider _services;
    private readonly McpServer _server;
    private readonly Task _run;
    private readonly StreamReader _answers;
    private int _id;

    private PipeServer(Action<IMcpServerBuilder> register, Action<Dictionary<string, string?>>? settings)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<Effects>();
        collection.AddSingleton(_security.Build(settings));
        register(collection.AddMcpServer());
        _services = collection.BuildServiceProvider();
        _server = McpServer.Create(
            new StreamServerTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream()),
            _services.GetRequiredService<IOptions<McpServerOptions>>().Value,
            null,
            _services);
        _run = _server.RunAsync(_stop.Token);
        _answers = new StreamReader(_toClient.Reader.AsStream(), new UTF8Encoding(false, throwOnInvalidBytes: true));
    }

    public static string Token { get; } = Issuer.Token("read:files");

    public Effects Effects => _services.GetRequiredService<Effects>();

    /// <summary>Every line that the client has got.</summary>
    public List<string> Lines { get; } = [];

    public string Root => _security.Root;

    public string AuditText
    {
        get
        {
            using var file = new StreamReader(new FileStream(_security.AuditFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return file.ReadToEnd();
        }
    }

    public static async Task<PipeServer> StartAsync(Action<IMcpServerBuilder> register, Action<Dictionary<string, string?>>? settings = null)
    {
        var server = new PipeServer(register, settings);
        await server.SendAsync("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}""");
        await server.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return server;
    }

    /// <summary>Calls a tool. The token is given with the call.</summary>
    public Task<JsonElement> CallAsync(string tool, string arguments = "{}", string? token = null) =>
        SendAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}},"_meta":{{Meta(token)}}}""");

    public Task<JsonElement> GetAsync(string prompt) => SendAsync("prompts/get", $$"""{"name":"{{prompt}}","_meta":{{Meta(null)}}}""");

    public Task<JsonElement> ReadAsync(string uri) => SendAsync("resources/read", $$"""{"uri":"{{uri}}","_meta":{{Meta(null)}}}""");

    /// <summary>The text of the first content block.</summary>
    public static string Text(JsonElement answer) => answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;

    /// <summary>Every string that a client reads from an answer, names included.</summary>
    public static IEnumerable<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(static member => Strings(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _toServer.Writer.CompleteAsync();
        try
        {
            await _run;
        }
        catch (OperationCanceledException)
        {
            // The server was told to stop.
        }

        await _server.DisposeAsync();
        await _services.DisposeAsync();
        _answers.Dispose();
        _security.Dispose();
        _stop.Dispose();
    }

    public async Task<JsonElement> SendAsync(string method, string parameters)
    {
        var id = ++_id;
        await WriteAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _answers.ReadLineAsync(limit.Token) is { } line)
        {
            Lines.Add(line);
            var answer = JsonElement.Parse(line);
            if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("id", out var answered) && answered.ValueKind == JsonValueKind.Number && answered.GetInt32() == id)
            {
                return answer;
            }
        }

        throw new EndOfStreamException();
    }

    /// <summary>Sends a line as it stands and waits for nothing.</summary>
    public Task SendLineAsync(string line) => WriteAsync(line);

    private static string Meta(string? token) => $$"""{"{{CallMetaCredential.MetaKey}}":"{{token ?? Token}}","progressToken":1}""";

    private async Task WriteAsync(string line) => await _toServer.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
}
