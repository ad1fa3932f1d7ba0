using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC5003UnprotectedEndpointAnalyzer>;
using VerifyFix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC5003UnprotectedEndpointAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC5003ProtectEndpointFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC5003Tests
{
    private const string NoPackage = "the project does not reference McpSecureGen.AspNetCore";
    private const string Everything = "authorization, Host and Origin protection";

    private const string InterceptorsOff = """
        is_global = true
        build_property.McpSecureGenInterceptors = false
        """;

    [Fact]
    public Task Given_endpoint_without_the_package_Triggers_and_says_what_is_missing() => Program(
        """
        app.{|#0:MapMcp|}("/a");
        app.{|#1:MapMcp|}("/b").RequireAuthorization();
        app.MapGroup("/g").RequireHost("localhost").{|#2:MapMcp|}();
        McpEndpointRouteBuilderExtensions.{|#3:MapMcp|}(app, "/c");
        """,
        package: false,
        Verify.Diagnostic().WithLocation(0).WithArguments(Everything, NoPackage),
        Verify.Diagnostic().WithLocation(1).WithArguments("Host and Origin protection", NoPackage),
        Verify.Diagnostic().WithLocation(2).WithArguments("authorization", NoPackage),
        Verify.Diagnostic().WithLocation(3).WithArguments(Everything, NoPackage)).RunAsync();

    [Fact]
    public Task Given_package_and_interceptors_DoesNotTrigger() => Program(
        """
        services.AddMcpServer().WithHttpTransport();
        app.MapMcp("/mcp");
        app.Run("http://0.0.0.0:5000");
        """, package: true).RunAsync();

    [Fact]
    public Task Given_package_and_guard_by_hand_DoesNotTrigger()
    {
        var test = Program(
            """
            services.AddMcpServer().WithHttpTransport();
            services.AddMcpSecurityHttp();
            app.MapMcp("/mcp");
            """, package: true);
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", InterceptorsOff));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_package_without_interceptors_and_guard_Triggers()
    {
        var test = Program(
            """
            services.AddMcpServer().WithHttpTransport();
            app.{|#0:MapMcp|}("/mcp");
            """,
            package: true,
            Verify.Diagnostic().WithLocation(0).WithArguments(Everything, "McpSecureGenInterceptors is false and AddMcpSecurityHttp is not called"));
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", InterceptorsOff));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_method_group_Triggers_because_it_cannot_be_intercepted() => Program(
        """
        Func<IMcpServerBuilder, Action<ModelContextProtocol.AspNetCore.HttpServerTransportOptions>?, IMcpServerBuilder> http =
            HttpMcpServerBuilderExtensions.WithHttpTransport;
        app.{|#0:MapMcp|}("/mcp");
        """,
        package: true,
        Verify.Diagnostic().WithLocation(0).WithArguments(
            Everything, "a method group cannot be intercepted and AddMcpSecurityHttp is not called")).RunAsync();

    [Fact]
    public async Task Given_transport_in_a_library_DoesNotTrigger_when_that_library_knows_the_package()
    {
        var library = References.Compile("Setup", """
            using Microsoft.Extensions.DependencyInjection;
            public static class Setup { public static void Add(IServiceCollection s) { s.AddMcpServer().WithHttpTransport(); s.AddMcpSecurityHttp(); } }
            """, [.. References.Framework, .. References.Sdk, .. References.Web, References.Own, References.OwnWeb]);
        var known = Program("Setup.Add(services); app.MapMcp();", package: true);
        known.TestState.AdditionalReferences.Add(library);
        await known.RunAsync();

        await Program("app.{|#0:MapMcp|}();", package: true, Verify.Diagnostic().WithLocation(0).WithArguments(Everything, "AddMcpSecurityHttp is not called")).RunAsync();
    }

    [Fact]
    public Task Given_authorization_and_host_protection_of_its_own_DoesNotTrigger() => Program(
        """
        app.MapMcp("/a").RequireAuthorization().RequireHost("mcp.example.com");
        var endpoint = app.MapMcp("/b");
        endpoint.RequireAuthorization("mcp");
        endpoint.RequireHost("mcp.example.com");
        var group = app.MapGroup("/g").RequireHost("mcp.example.com");
        group.RequireAuthorization();
        group.MapMcp();
        """, package: false).RunAsync();

    [Theory]
    [InlineData("services.AddAuthorizationBuilder().SetFallbackPolicy(null!);")]
    [InlineData("services.AddAuthorization(o => o.FallbackPolicy = o.DefaultPolicy);")]
    public Task Given_fallback_policy_DoesNotTrigger_for_authorization(string policy) => Program(
        $$"""
        {{policy}}
        app.MapMcp("/a").RequireHost("mcp.example.com");
        app.{|#0:MapMcp|}("/b");
        """, package: false, Verify.Diagnostic().WithLocation(0).WithArguments("Host and Origin protection", NoPackage)).RunAsync();

    [Fact]
    public Task Given_fallback_policy_of_null_Triggers() => Program(
        """
        services.AddAuthorization(o => o.FallbackPolicy = null);
        app.[|MapMcp|]("/a").RequireHost("mcp.example.com");
        """, package: false).RunAsync();

    [Theory]
    [InlineData("web.UseUrls({|#0:\"http://0.0.0.0:5000\"|});", "http://0.0.0.0:5000")]
    [InlineData("web.UseUrls(\"http://localhost:1\", {|#0:\"https://*\"|});", "https://*")]
    [InlineData("app.Urls.Add({|#0:\"http://+:5000/\"|});", "http://+:5000/")]
    [InlineData("app.Run({|#0:\"http://[::]:5000\"|});", "http://[::]:5000")]
    [InlineData("kestrel.{|#0:ListenAnyIP|}(5000);", "ListenAnyIP")]
    [InlineData("kestrel.Listen(System.Net.IPAddress.{|#0:Any|}, 5000);", "IPAddress.Any")]
    [InlineData("kestrel.Listen(new System.Net.IPEndPoint(System.Net.IPAddress.{|#0:IPv6Any|}, 5000));", "IPAddress.IPv6Any")]
    public Task Given_every_address_and_an_open_endpoint_Triggers(string statement, string written) => Program(
        "app.[|MapMcp|](); " + statement, package: false, Verify.Diagnostic(MCPSEC5003PublicAddress).WithLocation(0).WithArguments(written)).RunAsync();

    [Theory]
    [InlineData("web.UseUrls(\"http://localhost:5000\"); app.[|MapMcp|]();")]
    [InlineData("kestrel.Listen(System.Net.IPAddress.Loopback, 5000); kestrel.ListenLocalhost(1); app.[|MapMcp|]();")]
    [InlineData("app.Run(\"http://*:5000\");")]
    [InlineData("web.UseUrls(\"http://*:5000\"); app.MapMcp().RequireAuthorization().RequireHost(\"mcp.example.com\");")]
    [InlineData("web.UseUrls(\"http://0.0.0.0.example.com:5000\"); app.[|MapMcp|]();")]
    public Task Given_own_machine_or_no_open_endpoint_DoesNotTrigger_for_the_address(string statement) => Program(statement, package: false).RunAsync();

    [Fact]
    public Task Given_method_of_the_same_name_elsewhere_DoesNotTrigger() => Program(
        """
        Other.MapMcp(app);
        static class Other { public static void MapMcp(WebApplication app) { } }
        """, package: false).RunAsync();

    [Fact]
    public Task Given_pragma_and_editorconfig_DoesNotTrigger()
    {
        var test = Program(
            """
            #pragma warning disable MCPSEC5003
            app.MapMcp("/a");
            #pragma warning restore MCPSEC5003
            """, package: false);
        test.TestState.Sources.Add(("/0/Quiet.cs", """
            using Microsoft.AspNetCore.Builder;
            static class Quiet { static void Map(WebApplication app) => app.MapMcp("/b"); }
            """));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", """
            root = true
            [Quiet.cs]
            dotnet_diagnostic.MCPSEC5003.severity = none
            """));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Program("app.[|MapMcp|]();", package: false);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_fix_with_the_package_Installs_the_guard_at_the_server()
    {
        var test = Fix(
            """
            // The server.
            services.AddMcpServer().WithHttpTransport();
            app.[|MapMcp|]("/a");
            app.[|MapMcp|]("/b");
            """,
            """
            // The server.
            services.AddMcpSecurityHttp();
            services.AddMcpServer().WithHttpTransport();
            app.MapMcp("/a");
            app.MapMcp("/b");
            """, MCPSEC5003ProtectEndpointFix.InstallKey, package: true);
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", InterceptorsOff));

        // The guard protects the whole program: the first application answers every finding.
        test.NumberOfIncrementalIterations = 1;
        return test.RunAsync();
    }

    [Fact]
    public Task Given_fix_without_the_package_Offers_none_for_the_endpoint() => Fix(
        "services.AddMcpServer().WithHttpTransport(); app.[|MapMcp|]();",
        "services.AddMcpServer().WithHttpTransport(); app.[|MapMcp|]();",
        MCPSEC5003ProtectEndpointFix.InstallKey,
        package: false).RunAsync();

    [Fact]
    public Task Given_fix_for_an_address_Listens_on_this_machine_only()
    {
        var test = Fix(
            """
            app.[|MapMcp|]();
            web.UseUrls([|"http://*:5000;https://example.com"|]);
            kestrel.[|ListenAnyIP|](5000);
            kestrel.Listen(System.Net.IPAddress.[|Any|], 5000);
            """,
            """
            app.[|MapMcp|]();
            web.UseUrls("http://localhost:5000;https://example.com");
            kestrel.ListenLocalhost(5000);
            kestrel.Listen(System.Net.IPAddress.Loopback, 5000);
            """, MCPSEC5003ProtectEndpointFix.LoopbackKey, package: false);

        // The endpoint itself stays open, and stays a finding.
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        test.BatchFixedState.MarkupHandling = MarkupMode.Allow;
        return test.RunAsync();
    }

    private static VerifyFix.FixTest Fix(string source, string fixedSource, string key, bool package)
    {
        var test = VerifyFix.Test(Source(source), Source(fixedSource), key);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.AddRange(References.Web);
        if (package)
        {
            test.TestState.AdditionalReferences.Add(References.OwnWeb);
        }

        return test;
    }

    private static Verify.AnalyzerTest Program(string statements, bool package, params DiagnosticResult[] expected)
    {
        var test = Verify.Test(Source(statements), expected);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.AddRange(References.Web);
        if (package)
        {
            test.TestState.AdditionalReferences.Add(References.OwnWeb);
        }

        return test;
    }

    private static string Source(string statements) => $"""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Server.Kestrel.Core;
        using Microsoft.Extensions.DependencyInjection;

        IServiceCollection services = new ServiceCollection();
        WebApplication app = null!;
        IWebHostBuilder web = null!;
        KestrelServerOptions kestrel = null!;
        {statements}
        """;
}
