using System.IO.Pipelines;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.SdkAlone;

/// <summary>A server of the SDK alone, with a client of the SDK connected to it over in-process pipes.</summary>
public sealed class UnsecuredServer : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly McpServer _server;
    private readonly Task _run;
    private readonly CancellationTokenSource _stop;

    private UnsecuredServer(ServiceProvider services, McpServer server, McpClient client, Task run, CancellationTokenSource stop) =>
        (_services, _server, Client, _run, _stop) = (services, server, client, run, stop);

    public McpClient Client { get; }

    public McpServer Server => _server;

    public IServiceProvider Services => _services;

    /// <summary>Starts a server with the primitives of the given methods.</summary>
    public static async Task<UnsecuredServer> StartAsync(
        IEnumerable<MethodInfo> tools,
        IEnumerable<MethodInfo>? prompts = null,
        IEnumerable<MethodInfo>? resources = null,
        Action<IServiceCollection>? services = null,
        string? protocolVersion = null,
        McpClientOptions? clientOptions = null)
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        var collection = new ServiceCollection();
        collection.AddLogging();
        services?.Invoke(collection);
        collection.AddMcpServer();
        foreach (var method in tools)
        {
            collection.AddSingleton(provider => SdkPrimitives.Tool(method, provider));
        }

        foreach (var method in prompts ?? [])
        {
            collection.AddSingleton(provider => SdkPrimitives.Prompt(method, provider));
        }

        foreach (var method in resources ?? [])
        {
            collection.AddSingleton(provider => SdkPrimitives.Resource(method, provider));
        }

        var provider = collection.BuildServiceProvider();
        var server = McpServer.Create(
            new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()),
            provider.GetRequiredService<IOptions<McpServerOptions>>().Value,
            null,
            provider);
        var stop = new CancellationTokenSource();
        var run = server.RunAsync(stop.Token);
        clientOptions ??= new McpClientOptions();
        clientOptions.ProtocolVersion ??= protocolVersion;
        var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), clientOptions)
            .ConfigureAwait(false);
        return new UnsecuredServer(provider, server, client, run, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await _run.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server was told to stop.
        }

        await _server.DisposeAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
