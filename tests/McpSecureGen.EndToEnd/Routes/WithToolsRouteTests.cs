// Registrations of unsecured classes are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
using System.Reflection;
using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using McpSecureGen.ToolLibrary;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Routes 1 to 5: <c>WithTools...</c>.</summary>
public sealed class WithToolsRouteTests
{
    private static readonly JsonSerializerOptions Snake = new(ModelContextProtocol.McpJsonUtilities.DefaultOptions) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Theory]
    [InlineData("route_static", "{0}")]
    [InlineData("route_instance", "service:{0}")]
    [InlineData("route_private", "{0}")]
    [InlineData("route_record", """{"saidText":"{0}"}""")]
    public Task Given_a_class_when_registered_by_type_then_its_tools_are_secured(string tool, string says) =>
        Ends.InSecuredToolAsync(static b => b.WithTools<RouteTools>(), tool, says);

    [Fact]
    public Task Given_serializer_options_then_the_secured_tool_writes_its_result_with_them() =>
        Ends.InSecuredToolAsync(static b => b.WithTools<RouteTools>(Snake), "route_record", """{"said_text":"{0}"}""");

    [Fact]
    public Task Given_a_target_then_the_secured_tool_runs_on_it() =>
        Ends.InSecuredToolAsync(static b => b.WithTools(new RouteTools(new Voice("given"))), "route_instance", "given:{0}");

    [Fact]
    public async Task Given_two_heirs_of_one_method_then_each_has_the_capability_of_its_own_class()
    {
        await using var reading = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>());
        await using var writing = await TestServer.StartAsync(static b => b.WithTools<WritingHeir>());

        await Ends.InSecuredToolAsync(reading, "route_inherited", "ReadingHeir:{0}");
        await Ends.InSecuredToolAsync(writing, "route_inherited", "WritingHeir:{0}", "write:files");
    }

    [Fact]
    public Task Given_a_target_that_is_a_list_of_tools_then_each_is_secured()
    {
        List<McpServerTool> tools = [McpServerTool.Create(typeof(RouteTools).GetMethod(nameof(RouteTools.Static))!)];
        return Ends.InSecuredToolAsync(b => b.WithTools<List<McpServerTool>>(tools));
    }

    [Fact]
    public Task Given_a_sequence_of_tools_then_each_is_secured() =>
        Ends.InSecuredToolAsync(static b => b.WithTools((IEnumerable<McpServerTool>)[McpServerTool.Create((Delegate)RouteTools.Static)]));

    [Theory]
    [InlineData("route_static", "{0}")]
    [InlineData("route_instance", "service:{0}")]
    public Task Given_types_then_their_tools_are_secured(string tool, string says) =>
        Ends.InSecuredToolAsync(static b => b.WithTools((IEnumerable<Type>)[typeof(RouteTools)]), tool, says);

    [Theory]
    [InlineData("route_static", "{0}")]
    [InlineData("route_instance", "service:{0}")]
    public Task Given_the_own_assembly_then_its_tools_are_secured(string tool, string says) =>
        Ends.InSecuredToolAsync(static b => b.WithToolsFromAssembly(), tool, says);

    [Theory]
    [InlineData("lib_static", "{0}")]
    [InlineData("lib_instance", "{0}")]
    [InlineData("lib_private", "{0}")]
    public async Task Given_the_assembly_of_a_library_then_its_tools_are_secured(string tool, string says)
    {
        await using var server = await TestServer.StartAsync(static b => b.WithToolsFromAssembly(typeof(ShelfTools).Assembly));

        await Ends.InSecuredToolAsync(server, tool, says, "read:library-shelf", LibraryEffects.CountOf);
    }

    [Theory]
    [InlineData("route_static", "{0}")]
    [InlineData("route_instance", "service:{0}")]
    [InlineData("route_record", """{"said_text":"{0}"}""")]
    public Task Given_a_registration_that_is_not_intercepted_then_the_tool_is_secured_all_the_same(string tool, string says)
    {
        Func<IMcpServerBuilder, JsonSerializerOptions?, IMcpServerBuilder> register = McpServerBuilderExtensions.WithTools<RouteTools>;
        return Ends.InSecuredToolAsync(b => register(b, Snake), tool, says);
    }

    [Fact]
    public Task Given_a_target_by_a_registration_that_is_not_intercepted_then_the_tool_runs_on_it()
    {
        Func<IMcpServerBuilder, RouteTools, JsonSerializerOptions?, IMcpServerBuilder> register = McpServerBuilderExtensions.WithTools<RouteTools>;
        return Ends.InSecuredToolAsync(b => register(b, new RouteTools(new Voice("given")), null), "route_instance", "given:{0}");
    }

    public static TheoryData<string, Action<IMcpServerBuilder>> RawRegistrations => new()
    {
        { "type", static b => b.WithTools<RawToolClass>() },
        { "target", static b => b.WithTools(new RawToolClass()) },
        { "types", static b => b.WithTools((IEnumerable<Type>)[typeof(RawToolClass)]) },
        { "assembly", static b => b.WithToolsFromAssembly(typeof(RawToolClass).Assembly) },
        { "tools", static b => b.WithTools((IEnumerable<McpServerTool>)[.. Methods.Select(static m => McpServerTool.Create(m, m.IsStatic ? null : new RawToolClass()))]) },
    };

    [Theory]
    [MemberData(nameof(RawRegistrations), DisableDiscoveryEnumeration = true)]
    public Task Given_tools_of_an_assembly_built_without_the_product_then_the_server_does_not_start_and_names_each(string route, Action<IMcpServerBuilder> register)
    {
        Assert.NotEmpty(route);
        return Ends.InNoStartAsync(
            register,
            "tool 'raw_static'", "tool 'raw_instance'", "tool 'raw_private'",
            "McpSecureGen.RawTools.RawToolClass.Static", "built without McpSecureGen ('McpSecureGen.RawTools')", "Reference the package");
    }

    [Fact]
    public Task Given_an_undeclared_tool_of_the_own_assembly_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(static b => b.WithTools<UndeclaredTools>(), "undeclared_tool", "UndeclaredTools.Tool", "[RequiresCapability(", "MCPSEC1001");

    private static IEnumerable<MethodInfo> Methods => typeof(RawToolClass)
        .GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
        .Where(static m => m.GetCustomAttribute<McpServerToolAttribute>() is not null);
}
