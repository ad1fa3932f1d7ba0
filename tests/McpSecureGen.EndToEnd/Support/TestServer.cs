using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>A server of the SDK over in-process pipes with a client of the SDK connected to it.</summary>
/// <remarks>The call of <c>AddMcpServer</c> below is intercepted, as it is in any author's project; nothing here installs the guard by hand.</remarks>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toClient = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services;
    private readonly Task _run;

    private TestServer(ServiceProvider services, SecurityConfiguration security, McpServer server, McpClient client, Task run, Pipe toServer, Pipe toClient, CancellationTokenSource stop)
    {
        (_services, Security, Server, Client, _run, _toServer, _toClient, _stop) = (services, security, server, client, run, toServer, toClient, stop);
    }

    public SecurityConfiguration Security { get; }

    public McpServer Server { get; }

    public McpClient Client { get; }

    public IServiceProvider Services => _services;

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
    /// <param name="services">What the author writes elsewhere.</param>
    /// <param name="settings">Changes of the configuration.</param>
    /// <param name="protocolVersion">What the client asks for; null: the newest.</param>
    /// <param name="addServer">Stands for <c>AddMcpServer()</c>, for calls that cannot be intercepted.</param>
    /// <param name="createdBySdk">Whether the SDK itself makes the server from the options, as in a host: then no call of <c>McpServer.Create</c> is intercepted.</param>
    public static async Task<TestServer> StartAsync(
        Action<IMcpServerBuilder> register,
        Action<IServiceCollection>? services = null,
        Action<Dictionary<string, string?>>? settings = null,
        string? protocolVersion = null,
        McpClientOptions? clientOptions = null,
        Func<IServiceCollection, IMcpServerBuilder>? addServer = null,
        bool createdBySdk = false)
    {
        var security = new SecurityConfiguration();
        var toServer = new Pipe();
        var toClient = new Pipe();
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton(security.Build(settings));
        var builder = addServer is null ? collection.AddMcpServer() : addServer(collection);
        register(builder);
        if (createdBySdk)
        {
            builder.WithStreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream());
        }
        else
        {
            collection.AddSingleton<ITransport>(provider => new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()));
        }

        services?.Invoke(collection);
        var provider = collection.BuildServiceProvider();
        try
        {
            var options = provider.GetRequiredService<IOptions<McpServerOptions>>().Value;
            var server = createdBySdk
                ? provider.GetRequiredService<McpServer>()
                : McpServer.Create(provider.GetRequiredService<ITransport>(), options, null, provider);
            var stop = new CancellationTokenSource();
            var run = server.RunAsync(stop.Token);
            clientOptions ??= new McpClientOptions();
            clientOptions.ProtocolVersion ??= protocolVersion;
            var client = await McpClient.CreateAsync(
                new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), clientOptions);
            return new TestServer(provider, security, server, client, run, toServer, toClient, stop);
        }
        catch
        {
            await provider.DisposeAsync();
            security.Dispose();
            throw;
        }
    }

    /// <summary>The <c>_meta</c> of a request that carries a token.</summary>
    public static JsonObject Meta(string? token) => token is null ? [] : new JsonObject { [CallMetaCredential.MetaKey] = token };

    /// <summary>Calls a tool with arguments given as JSON text.</summary>
    public ValueTask<CallToolResult> CallAsync(string tool, string arguments = "{}", string? token = null) =>
        Client.CallToolAsync(new CallToolRequestParams
        {
            Name = tool,
            Arguments = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value),
            Meta = Meta(token),
        });

    /// <summary>The text of a result.</summary>
    public static string Text(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(static block => block.Text));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _stop.CancelAsync();
        _toServer.Writer.Complete();
        try
        {
            await _run;
        }
        catch (OperationCanceledException)
        {
            // The server was told to stop.
        }

        await Server.DisposeAsync();
        await _services.DisposeAsync();
        Security.Dispose();
        _stop.Dispose();
        _toClient.Writer.Complete();
    }
}
