using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Route 19: every way to configure the options.</summary>
public sealed class OptionsRouteTests
{
    private static readonly Dictionary<string, Func<Action<McpServerOptions>, Action<IServiceCollection>>> Ways = new()
    {
        ["Configure"] = static change => services => services.Configure(change),
        ["PostConfigure"] = static change => services => services.PostConfigure(change),
        ["ConfigureAll"] = static change => services => services.ConfigureAll(change),
        ["PostConfigureAll"] = static change => services => services.PostConfigureAll(change),
        ["AddOptions.Configure"] = static change => services => services.AddOptions<McpServerOptions>().Configure(change),
        ["AddOptions.PostConfigure"] = static change => services => services.AddOptions<McpServerOptions>().PostConfigure(change),
        ["AddOptions with a service"] = static change => services => services.AddOptions<McpServerOptions>().Configure<Voice>((options, _) => change(options)),
        ["ConfigureOptions instance"] = static change => services => services.ConfigureOptions(new Change(change)),
        ["IConfigureOptions"] = static change => services => services.AddSingleton<IConfigureOptions<McpServerOptions>>(new Change(change)),
        ["IPostConfigureOptions"] = static change => services => services.AddSingleton<IPostConfigureOptions<McpServerOptions>>(new Change(change)),
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Given_a_declared_tool_put_into_the_options_then_it_is_secured(string way)
    {
        var configure = Ways[way](static options => (options.ToolCollection ??= []).TryAdd(Good()));
        foreach (var createdBySdk in new[] { false, true })
        {
            await using var server = await TestServer.StartAsync(b => configure(b.Services), Ends.AddVoice, createdBySdk: createdBySdk);
            await Ends.InSecuredToolAsync(server);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task Given_a_raw_tool_put_into_the_options_then_the_server_does_not_start(string way)
    {
        var configure = Ways[way](static options => (options.ToolCollection ??= []).Add(Raw()));
        return Ends.InNoStartAsync(b => configure(b.Services), "tool 'raw_static'", "Reference the package");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task Given_a_raw_prompt_and_resource_put_into_the_options_then_the_server_does_not_start(string way)
    {
        var configure = Ways[way](static options =>
        {
            (options.PromptCollection ??= []).Add(new HandMadePrompt());
            (options.ResourceCollection ??= []).Add(new HandMadeResource());
        });
        return Ends.InNoStartAsync(b => configure(b.Services), "HandMadePrompt", "HandMadeResource");
    }

    [Fact]
    public async Task Given_the_callback_of_AddMcpServer_then_its_tools_are_secured_or_refused()
    {
        await using var server = await TestServer.StartAsync(
            static _ => { }, addServer: static services => services.AddMcpServer(static options => options.ToolCollection = [Good()]));

        await Ends.InSecuredToolAsync(server);
        await Ends.InNoStartAsync(
            static () => TestServer.StartAsync(
                static _ => { }, addServer: static services => services.AddMcpServer(static options => options.ToolCollection = [Raw()])),
            "tool 'raw_static'");
    }

    private static McpServerTool Good() => McpServerTool.Create(typeof(RouteTools).GetMethod(nameof(RouteTools.Static))!);

    private static McpServerTool Raw() => McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!);

    private sealed class Change(Action<McpServerOptions> change) : IConfigureOptions<McpServerOptions>, IPostConfigureOptions<McpServerOptions>
    {
        public void Configure(McpServerOptions options) => change(options);

        public void PostConfigure(string? name, McpServerOptions options) => change(options);
    }
}
