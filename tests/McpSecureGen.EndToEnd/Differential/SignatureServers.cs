using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.SdkAlone;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;

namespace McpSecureGen.EndToEnd.Differential;

/// <summary>By which route the secured server got its primitives.</summary>
public enum Route
{
    /// <summary>Intercepted: the wrapper calls the method itself.</summary>
    Direct,

    /// <summary>Made elsewhere, by calls nothing intercepts: the SDK binds again from the values found good.</summary>
    Fallback,
}

/// <summary>
/// The servers that are compared: the SDK alone, and the secured ones, each with every signature of the catalogue and for each protocol version.
/// Started once and shared.
/// </summary>
public sealed class SignatureServers : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<UnsecuredServer>>> _alone = new();
    private readonly ConcurrentDictionary<Route, Lazy<Task<RawServer>>> _raw = new();
    private readonly ConcurrentDictionary<(McpClient, string), Lazy<Task<JsonObject[]>>> _lists = new();
    private readonly ConcurrentDictionary<(Route, string), Lazy<Task<TestServer>>> _secured = new();

    internal Task<UnsecuredServer> AloneAsync(string version) => _alone.GetOrAdd(version, static v => new(() => UnsecuredServer.StartAsync(
        SignatureCatalogue.Tools, SignatureCatalogue.Prompts, SignatureCatalogue.Resources, AddServices, v))).Value;

    internal Task<TestServer> SecuredAsync(Route route, string version) =>
        _secured.GetOrAdd((route, version), static key => new(() => StartAsync(key.Item1, key.Item2))).Value;

    internal Task<RawServer> RawAsync(Route route) =>
        _raw.GetOrAdd(route, static r => new(() => RawServer.StartAsync(builder => Register(builder, r), AddServices))).Value;

    /// <summary>A list, asked for once: the lists are long and the rows are many.</summary>
    internal Task<JsonObject[]> ListedAsync(McpClient client, Func<McpClient, Task<JsonObject[]>> list) =>
        _lists.GetOrAdd((client, list.Method.Name), static (_, ask) => new(() => ask()), () => list(client)).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _alone.Values)
        {
            await (await server.Value).DisposeAsync();
        }

        foreach (var server in _raw.Values)
        {
            await (await server.Value).DisposeAsync();
        }

        foreach (var server in _secured.Values)
        {
            await (await server.Value).DisposeAsync();
        }
    }

    internal static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<Clerk>();
        services.AddSingleton<IStamp>(new Stamp("plain"));
        services.AddKeyedSingleton("red", new Stamp("red"));
        services.AddKeyedSingleton("blue", new Stamp("blue"));
    }

    private static Task<TestServer> StartAsync(Route route, string version) =>
        TestServer.StartAsync(builder => Register(builder, route), AddServices, protocolVersion: version);

    private static void Register(IMcpServerBuilder builder, Route route)
    {
        if (route == Route.Direct)
        {
            builder.WithTools(SignatureCatalogue.ToolTypes).WithPrompts(SignatureCatalogue.PromptTypes).WithResources(SignatureCatalogue.ResourceTypes);
            return;
        }

        foreach (var method in SignatureCatalogue.Tools)
        {
            builder.Services.AddSingleton(provider => SdkPrimitives.Tool(method, provider));
        }

        foreach (var method in SignatureCatalogue.Prompts)
        {
            builder.Services.AddSingleton(provider => SdkPrimitives.Prompt(method, provider));
        }

        foreach (var method in SignatureCatalogue.Resources)
        {
            builder.Services.AddSingleton(provider => SdkPrimitives.Resource(method, provider));
        }
    }
}

/// <summary>Tests that share the servers run one after the other, so that counted effects are their own.</summary>
[CollectionDefinition(Name)]
public sealed class SignatureCollection : ICollectionFixture<SignatureServers>
{
    public const string Name = "Signatures";
}
