// Registrations of unsecured classes are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using McpSecureGen.ToolLibrary;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Routes 6 to 10: <c>WithPrompts...</c>.</summary>
public sealed class WithPromptsRouteTests
{
    [Theory]
    [InlineData("route_prompt_static", "{0}")]
    [InlineData("route_prompt_instance", "service:{0}")]
    public Task Given_a_class_then_its_prompts_are_secured(string prompt, string says) =>
        Ends.InSecuredPromptAsync(static b => b.WithPrompts<RoutePrompts>(), prompt, says);

    [Fact]
    public Task Given_a_target_then_the_secured_prompt_runs_on_it() =>
        Ends.InSecuredPromptAsync(static b => b.WithPrompts(new RoutePrompts(new Voice("given"))), "route_prompt_instance", "given:{0}");

    [Fact]
    public Task Given_a_sequence_of_prompts_then_each_is_secured() =>
        Ends.InSecuredPromptAsync(static b => b.WithPrompts((IEnumerable<McpServerPrompt>)[McpServerPrompt.Create((Delegate)RoutePrompts.Static)]));

    [Fact]
    public Task Given_types_then_their_prompts_are_secured() =>
        Ends.InSecuredPromptAsync(static b => b.WithPrompts((IEnumerable<Type>)[typeof(RoutePrompts)]), "route_prompt_instance", "service:{0}");

    [Fact]
    public Task Given_the_own_assembly_then_its_prompts_are_secured() =>
        Ends.InSecuredPromptAsync(static b => b.WithPromptsFromAssembly(), "route_prompt_instance", "service:{0}");

    [Fact]
    public async Task Given_the_assembly_of_a_library_then_its_prompts_are_secured()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithPromptsFromAssembly(typeof(ShelfPrompts).Assembly));

        await Ends.InSecuredPromptAsync(server, "lib_prompt", "{0}", "read:library-shelf", LibraryEffects.CountOf);
    }

    public static TheoryData<string, Action<IMcpServerBuilder>> RawRegistrations => new()
    {
        { "type", static b => b.WithPrompts<RawPromptClass>() },
        { "target", static b => b.WithPrompts(new RawPromptClass()) },
        { "types", static b => b.WithPrompts((IEnumerable<Type>)[typeof(RawPromptClass)]) },
        { "assembly", static b => b.WithPromptsFromAssembly(typeof(RawPromptClass).Assembly) },
        { "prompts", static b => b.WithPrompts((IEnumerable<McpServerPrompt>)[McpServerPrompt.Create(typeof(RawPromptClass).GetMethod("Prompt")!)]) },
    };

    [Theory]
    [MemberData(nameof(RawRegistrations), DisableDiscoveryEnumeration = true)]
    public Task Given_a_prompt_of_an_assembly_built_without_the_product_then_the_server_does_not_start(string route, Action<IMcpServerBuilder> register)
    {
        Assert.NotEmpty(route);
        return Ends.InNoStartAsync(register, "prompt 'raw_prompt'", "RawPromptClass.Prompt", "Reference the package");
    }

    [Fact]
    public Task Given_an_undeclared_prompt_of_the_own_assembly_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(static b => b.WithPrompts<UndeclaredPrompts>(), "undeclared_prompt", "[RequiresCapability(");
}
