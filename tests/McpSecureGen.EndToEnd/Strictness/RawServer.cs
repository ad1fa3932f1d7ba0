using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Strictness;

/// <summary>A secured server spoken to in lines of JSON-RPC, because a client of the SDK cannot send what an attacker can.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SecurityConfiguration _security = new();
    private readonly ServiceProvider _services;
    private readonly McpServer _server;
    private readonly Task _run;
    private readonly System.IO.StreamReader _answers;
    private int _id;
    private int _auditRead;

    private RawServer(Action<IMcpServerBuilder> register, Action<IServiceCollection>? services, Action<Dictionary<string, string?>>? settings)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(Logs));
        collection.AddSingleton(_security.Build(settings));
        register(collection.AddMcpServer());
        collection.AddSingleton<ITransport>(_ => new StreamServerTransport(_toServer.Reader.AsStream(), _toClient.Writer.AsStream()));
        services?.Invoke(collection);
        _services = collection.BuildServiceProvider();
        _server = McpServer.Create(
            _services.GetRequiredService<ITransport>(),
            _services.GetRequiredService<IOptions<McpServerOptions>>().Value,
            _services.GetRequiredService<ILoggerFactory>(),
            _services);
        _run = _server.RunAsync(_stop.Token);
        _answers = new System.IO.StreamReader(_toClient.Reader.AsStream());
    }

    public CapturedLogs Logs { get; } = new();

    public string Root => _security.Root;

    public IServiceProvider Services => _services;

    /// <summary>The whole audit file.</summary>
    public string AuditText
    {
        get
        {
            using var file = new System.IO.StreamReader(
                new FileStream(_security.AuditFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return file.ReadToEnd();
        }
    }

    public static async Task<RawServer> StartAsync(
        Action<IMcpServerBuilder> register, Action<IServiceCollection>? services = null, Action<Dictionary<string, string?>>? settings = null, bool hasHandshake = true)
    {
        var server = new RawServer(register, services, settings);
        if (!hasHandshake)
        {
            return server;
        }

        await server.SendAsync("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}""");
        await server.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return server;
    }

    /// <summary>The records of the audit log since this was last asked.</summary>
    public JsonElement[] NewAudit()
    {
        string[] lines = AuditText.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement[] fresh = [.. lines.Skip(_auditRead).Select(static line => JsonElement.Parse(line)).Where(static r => r.TryGetProperty("method", out _))];
        _auditRead = lines.Length;
        return fresh;
    }

    public Task<JsonElement> CallAsync(string tool, string arguments) =>
        SendAsync("tools/call", $$"""{"name":{{Quoted(tool)}},"arguments":{{arguments}},"_meta":{{Meta}}}""");

    public Task<JsonElement> GetAsync(string prompt, string arguments) =>
        SendAsync("prompts/get", $$"""{"name":{{Quoted(prompt)}},"arguments":{{arguments}},"_meta":{{Meta}}}""");

    public Task<JsonElement> ReadAsync(string uri) => SendAsync("resources/read", $$"""{"uri":{{Quoted(uri)}},"_meta":{{Meta}}}""");

    /// <summary>Sends a request with parameters as they stand and waits for its answer.</summary>
    public async Task<JsonElement> SendAsync(string method, string parameters)
    {
        var id = await PostAsync(method, parameters);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await _answers.ReadLineAsync(limit.Token) is { } line)
        {
            var answer = JsonElement.Parse(line);
            if (answer.TryGetProperty("id", out var answered) && answered.ValueKind == JsonValueKind.Number && answered.GetInt32() == id)
            {
                return answer;
            }
        }

        throw new EndOfStreamException();
    }

    /// <summary>Sends a request and does not wait for its answer.</summary>
    /// <returns>The request's id.</returns>
    public async Task<int> PostAsync(string method, string parameters)
    {
        var id = ++_id;
        await WriteAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters.ReplaceLineEndings(" ")}}}""");
        return id;
    }

    /// <summary>Sends bytes as they are, which need not be JSON, nor one line.</summary>
    public async Task WriteAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes);

    /// <summary>Sends a notification.</summary>
    public Task NotifyAsync(string method, string parameters) =>
        WriteAsync($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""");

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

    /// <summary>The <c>_meta</c> with a good token, as JSON.</summary>
    public static string Meta { get; } = $$"""{"{{CallMetaCredential.MetaKey}}":"{{Issuer.Token("read:files")}}"}""";

    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private async Task WriteAsync(string line) => await _toServer.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
}
