// Registrations of unsecured classes are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using McpSecureGen.ToolLibrary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Order;

/// <summary>Several calls, several servers, other people's assemblies.</summary>
public sealed class SeveralServersTests
{
    [Fact]
    public async Task Given_two_calls_of_AddMcpServer_then_the_tools_of_both_are_secured()
    {
        await using var server = await TestServer.StartAsync(static b => b.Services.AddMcpServer().WithTools<WritingHeir>());

        await Ends.InSecuredToolAsync(server, "route_inherited", "WritingHeir:{0}", "write:files");
    }

    [Fact]
    public Task Given_a_second_call_that_adds_a_raw_tool_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(static b => b.WithTools<ReadingHeir>().Services.AddMcpServer().WithTools<RawToolClass>(), "raw_static");

    [Fact]
    public async Task Given_two_servers_of_one_container_then_each_is_secured_with_its_own_tools()
    {
        await using var first = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>());
        var options = new McpServerOptions { ToolCollection = [McpServerTool.Create((Delegate)RouteTools.Static)] };
        await using var second = McpServer.Create(new StreamServerTransport(Stream.Null, Stream.Null), options, null, first.Services);

        await Ends.InSecuredToolAsync(first, "route_inherited", "ReadingHeir:{0}");
        await Ends.InUnknownToolAsync(first, "route_static");
        Assert.All(options.ToolCollection!, static tool => Assert.IsAssignableFrom<McpSecureGen.Invocation.SecuredTool>(tool));
        Assert.ThrowsAny<InvalidOperationException>(() => options.ToolCollection!.Add(new HandMadeTool()));
        Assert.ThrowsAny<InvalidOperationException>(() => McpServer.Create(
            new StreamServerTransport(Stream.Null, Stream.Null), new McpServerOptions { ToolCollection = [new HandMadeTool()] }, null, first.Services));
    }

    [Fact]
    public async Task Given_one_tool_object_in_two_servers_then_the_keys_of_each_server_decide()
    {
        var tool = McpServerTool.Create((Delegate)RouteTools.Static);
        var others = new McpSecureGen.Tests.Identity.TestTokens("others");
        await using var first = await TestServer.StartAsync(b => b.Services.AddSingleton(tool));
        await using var second = await TestServer.StartAsync(
            b => b.Services.AddSingleton(tool), settings: s => s["McpSecurity:Authentication:Keys"] = others.PublicKeySet());
        var text = Ends.NewText();

        await Ends.InSecuredToolAsync(first);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await second.CallAsync("route_static", $$"""{"text":"{{text}}"}""", Issuer.Token("read:files")));
        Assert.Equal(0, RouteEffects.CountOf(text));
    }

    [Fact]
    public async Task Given_a_library_with_a_base_class_then_the_tools_its_heirs_inherit_are_secured()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<NumberCatalogue>().WithTools<ShelfTools>());

        await Ends.InSecuredToolAsync(server, "lib_inherited", "Int32:{0}", "read:library-shelf", LibraryEffects.CountOf);
        await Ends.InSecuredToolAsync(server, "lib_static", "{0}", "read:library-shelf", LibraryEffects.CountOf);
    }

    [Fact]
    public async Task Given_a_class_here_that_inherits_a_tool_of_a_library_then_its_own_declaration_counts()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<TextCatalogue>());

        await Ends.InSecuredToolAsync(server, "lib_inherited", "String:{0}", "write:files", LibraryEffects.CountOf);
    }

    [Fact]
    public async Task Given_a_role_that_a_library_defines_then_it_grants_nothing()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ShelfTools>());
        var text = Ends.NewText();

        await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await server.CallAsync("lib_static", $$"""{"text":"{{text}}"}""", Issuer.Token(roles: ["librarian"])));
        Assert.Equal(0, LibraryEffects.CountOf(text));
    }

    [Fact]
    public async Task Given_the_same_role_in_the_configuration_then_it_grants()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<ShelfTools>(), settings: static s => s["McpSecurity:Roles:librarian:0"] = "read:library-shelf");
        var text = Ends.NewText();

        Assert.Equal(text, TestServer.Text(await server.CallAsync("lib_static", $$"""{"text":"{{text}}"}""", Issuer.Token(roles: ["librarian"]))));
    }

    [Fact]
    public Task Given_raw_and_declared_primitives_of_all_kinds_then_one_message_lists_every_unsecured_one() =>
        Ends.InNoStartAsync(
            static b => b.WithTools<ReadingHeir>().WithTools<RawToolClass>().WithTools<UndeclaredTools>()
                .WithPrompts<RawPromptClass>().WithResources<RawResourceClass>(),
            "raw_static", "raw_instance", "raw_private", "undeclared_tool", "raw_prompt", "raw://fixed", "raw://items/{id}");

    [Fact]
    public async Task Given_the_list_of_unsecured_primitives_then_it_names_no_secured_one()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => TestServer.StartAsync(static b => b.WithTools<ReadingHeir>().WithTools<RawToolClass>()));

        Assert.DoesNotContain("route_inherited", error.Message, StringComparison.Ordinal);
    }
}

[RequiresCapability("write:files")]
public sealed class TextCatalogue : CatalogueTools<string>;
