// Registrations of unsecured classes are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using McpSecureGen.ToolLibrary;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Routes 11 to 15: <c>WithResources...</c>.</summary>
public sealed class WithResourcesRouteTests
{
    [Theory]
    [InlineData("route://static/", "{0}")]
    [InlineData("route://instance/", "service:{0}")]
    public Task Given_a_class_then_its_resources_are_secured(string prefix, string says) =>
        Ends.InSecuredResourceAsync(static b => b.WithResources<RouteResources>(), prefix, says);

    [Fact]
    public Task Given_a_target_then_the_secured_resource_runs_on_it() =>
        Ends.InSecuredResourceAsync(static b => b.WithResources(new RouteResources(new Voice("given"))), "route://instance/", "given:{0}");

    [Fact]
    public Task Given_a_sequence_of_resources_then_each_is_secured() =>
        Ends.InSecuredResourceAsync(static b => b.WithResources((IEnumerable<McpServerResource>)[McpServerResource.Create((Delegate)RouteResources.Static)]));

    [Fact]
    public Task Given_types_then_their_resources_are_secured() =>
        Ends.InSecuredResourceAsync(static b => b.WithResources((IEnumerable<Type>)[typeof(RouteResources)]), "route://instance/", "service:{0}");

    [Fact]
    public Task Given_the_own_assembly_then_its_resources_are_secured() =>
        Ends.InSecuredResourceAsync(static b => b.WithResourcesFromAssembly(), "route://instance/", "service:{0}");

    [Fact]
    public async Task Given_the_assembly_of_a_library_then_its_resources_are_secured()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithResourcesFromAssembly(typeof(ShelfResources).Assembly));

        await Ends.InSecuredResourceAsync(server, "lib://shelf/", "{0}", "read:library-shelf", LibraryEffects.CountOf);
    }

    public static TheoryData<string, Action<IMcpServerBuilder>> RawRegistrations => new()
    {
        { "type", static b => b.WithResources<RawResourceClass>() },
        { "target", static b => b.WithResources(new RawResourceClass()) },
        { "types", static b => b.WithResources((IEnumerable<Type>)[typeof(RawResourceClass)]) },
        { "assembly", static b => b.WithResourcesFromAssembly(typeof(RawResourceClass).Assembly) },
        {
            "resources",
            static b => b.WithResources((IEnumerable<McpServerResource>)
            [
                McpServerResource.Create(typeof(RawResourceClass).GetMethod("Fixed")!),
                McpServerResource.Create(typeof(RawResourceClass).GetMethod("Item")!, new RawResourceClass()),
            ])
        },
    };

    [Theory]
    [MemberData(nameof(RawRegistrations), DisableDiscoveryEnumeration = true)]
    public Task Given_resources_of_an_assembly_built_without_the_product_then_the_server_does_not_start(string route, Action<IMcpServerBuilder> register)
    {
        Assert.NotEmpty(route);
        return Ends.InNoStartAsync(register, "resource 'raw://fixed'", "resource 'raw://items/{id}'", "RawResourceClass.Item", "Reference the package");
    }

    [Fact]
    public Task Given_an_undeclared_resource_of_the_own_assembly_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(static b => b.WithResources<UndeclaredResources>(), "undeclared://{text}", "[RequiresCapability(");
}
