using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Route 18: primitives as services, in every form a descriptor can have.</summary>
public sealed class ServiceDescriptorRouteTests
{
    public static TheoryData<string, Action<IServiceCollection>> Good => new()
    {
        { "instance", static s => s.AddSingleton(Tool()) },
        { "factory", static s => s.AddSingleton(static _ => Tool()) },
        { "descriptor", static s => s.Add(ServiceDescriptor.Singleton(typeof(McpServerTool), Tool())) },
        { "try", static s => s.TryAddEnumerable(ServiceDescriptor.Singleton(Tool())) },
        { "replace", static s => s.AddSingleton<McpServerTool>(new HandMadeTool()).Replace(ServiceDescriptor.Singleton(Tool())) },
        { "transient", static s => s.AddTransient(static _ => Tool()) },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public Task Given_a_declared_tool_as_a_service_then_it_is_secured(string form, Action<IServiceCollection> add)
    {
        Assert.NotEmpty(form);
        return Ends.InSecuredToolAsync(b => add(b.Services));
    }

    [Fact]
    public async Task Given_a_declared_prompt_and_resource_as_services_then_they_are_secured()
    {
        await Ends.InSecuredPromptAsync(static b => b.Services.AddSingleton(McpServerPrompt.Create((Delegate)RoutePrompts.Static)));
        await Ends.InSecuredResourceAsync(static b => b.Services.AddSingleton(McpServerResource.Create((Delegate)RouteResources.Static)));
    }

    public static TheoryData<string, Action<IServiceCollection>> Raw => new()
    {
        { "instance", static s => s.AddSingleton(RawTool()) },
        { "factory", static s => s.AddSingleton(static _ => RawTool()) },
        { "implementation type", static s => s.AddSingleton<McpServerTool, HandMadeWithoutArguments>() },
        { "descriptor", static s => s.Add(new ServiceDescriptor(typeof(McpServerTool), typeof(HandMadeWithoutArguments), ServiceLifetime.Singleton)) },
        { "try", static s => s.TryAddSingleton(RawTool()) },
        { "enumerable", static s => s.TryAddEnumerable(ServiceDescriptor.Singleton<McpServerTool, HandMadeWithoutArguments>()) },
        { "replace", static s => s.Replace(ServiceDescriptor.Singleton(RawTool())) },
        { "transient", static s => s.AddTransient<McpServerTool, HandMadeWithoutArguments>() },
    };

    [Theory]
    [MemberData(nameof(Raw), DisableDiscoveryEnumeration = true)]
    public Task Given_an_unsecured_tool_as_a_service_then_the_server_does_not_start(string form, Action<IServiceCollection> add) =>
        Ends.InNoStartAsync(b => add(b.Services), form.Length > 0 ? "tool 'raw_" : "", "apabilit");

    [Fact]
    public async Task Given_an_unsecured_prompt_or_resource_as_a_service_then_the_server_does_not_start()
    {
        await Ends.InNoStartAsync(static b => b.Services.AddSingleton<McpServerPrompt, HandMadePrompt>(), "HandMadePrompt");
        await Ends.InNoStartAsync(static b => b.Services.AddSingleton<McpServerResource, HandMadeResource>(), "HandMadeResource");
        await Ends.InNoStartAsync(
            static b => b.Services.AddSingleton(McpServerPrompt.Create(typeof(RawPromptClass).GetMethod("Prompt")!)), "raw_prompt");
        await Ends.InNoStartAsync(
            static b => b.Services.AddSingleton(_ => McpServerResource.Create(typeof(RawResourceClass).GetMethod("Fixed")!)), "raw://fixed");
    }

    [Fact]
    public async Task Given_a_tool_as_a_keyed_service_then_the_server_does_not_have_it()
    {
        await using var server = await TestServer.StartAsync(static b =>
        {
            b.WithTools<ReadingHeir>();
            b.Services.AddKeyedSingleton("key", RawTool());
        });

        await Ends.InUnknownToolAsync(server, "raw_static");
    }

    [Fact]
    public Task Given_a_raw_tool_that_takes_the_name_of_a_secured_one_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(
            static b =>
            {
                b.Services.AddSingleton<McpServerTool>(new HandMadeTool("route_inherited"));
                b.WithTools<ReadingHeir>();
            },
            "tool 'route_inherited'", "HandMadeTool");

    private static McpServerTool Tool() => McpServerTool.Create(typeof(RouteTools).GetMethod(nameof(RouteTools.Static))!);

    private static McpServerTool RawTool() => McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!);
}
