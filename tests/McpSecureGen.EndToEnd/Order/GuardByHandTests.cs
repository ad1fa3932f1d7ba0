// Registrations of unsecured classes are what this rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
// Method groups cannot be intercepted, which this rule reports; the guard is installed by hand here.
#pragma warning disable MCPSEC5002
using System.Reflection;
using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Order;

/// <summary><c>AddMcpSecurity()</c> by hand, around calls of <c>AddMcpServer</c> that no interceptor sees.</summary>
public sealed class GuardByHandTests
{
    private static readonly Assembly Here = typeof(GuardByHandTests).Assembly;

    public static TheoryData<string, Func<IServiceCollection, IMcpServerBuilder>> Hidden => new()
    {
        { "before", static s => NotIntercepted(s.AddMcpSecurity(hostAssembly: Here)) },
        {
            "after", static s =>
            {
                var builder = NotIntercepted(s);
                s.AddMcpSecurity(hostAssembly: Here);
                return builder;
            }
        },
        { "twice", static s => NotIntercepted(s.AddMcpSecurity(hostAssembly: Here).AddMcpSecurity(hostAssembly: Here)) },
        {
            "by reflection", static s => (IMcpServerBuilder)typeof(McpServerServiceCollectionExtensions)
                .GetMethod(nameof(McpServerServiceCollectionExtensions.AddMcpServer))!.Invoke(null, [s.AddMcpSecurity(hostAssembly: Here), null])!
        },
        { "besides an intercepted call", static s => NotIntercepted(s.AddMcpSecurity(hostAssembly: Here).AddMcpServer().Services) },
    };

    [Theory]
    [MemberData(nameof(Hidden), DisableDiscoveryEnumeration = true)]
    public async Task Given_the_guard_by_hand_then_declared_tools_are_secured(string place, Func<IServiceCollection, IMcpServerBuilder> addServer)
    {
        Assert.NotEmpty(place);
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ReadingHeir>(), addServer: addServer, createdBySdk: true);

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    [Theory]
    [MemberData(nameof(Hidden), DisableDiscoveryEnumeration = true)]
    public Task Given_the_guard_by_hand_then_raw_tools_stop_the_server(string place, Func<IServiceCollection, IMcpServerBuilder> addServer)
    {
        Assert.NotEmpty(place);
        return Ends.InNoStartAsync(
            () => TestServer.StartAsync(static b => b.WithTools<RawToolClass>(), addServer: addServer, createdBySdk: true), "raw_static", "raw_private");
    }

    [Fact]
    public async Task Given_no_assembly_then_the_program_itself_is_the_host_and_its_roles_count()
    {
        Assert.SkipUnless(Assembly.GetEntryAssembly() == Here, "The test runner is the program here, and defines no roles.");
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<EchoTools>(), addServer: static s => NotIntercepted(s.AddMcpSecurity()), createdBySdk: true);

        Assert.Equal("hi", TestServer.Text(await server.CallAsync("echo", """{"text":"hi"}""", Issuer.Token(roles: ["reader"]))));
    }

    [Fact]
    public async Task Given_settings_in_code_then_they_are_applied_after_the_configuration()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<ReadingHeir>(),
            settings: static s => s["McpSecurity:Authentication:Issuer"] = "https://wrong.example",
            addServer: static s => NotIntercepted(s.AddMcpSecurity(static o => o.Authentication.Issuer = McpSecureGen.Tests.Identity.TestTokens.Issuer, Here)),
            createdBySdk: true);

        await Ends.InSecuredToolAsync(server, "route_inherited", "ReadingHeir:{0}");
    }

    private static IMcpServerBuilder NotIntercepted(IServiceCollection services)
    {
        Func<IServiceCollection, Action<McpServerOptions>?, IMcpServerBuilder> add = McpServerServiceCollectionExtensions.AddMcpServer;
        return add(services, null);
    }
}
