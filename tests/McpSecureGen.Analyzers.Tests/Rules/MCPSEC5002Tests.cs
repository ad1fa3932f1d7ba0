using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC5002MissingGuardAnalyzer>;
using VerifyFix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC5002MissingGuardAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC5002InstallGuardFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC5002Tests
{
    private const string InterceptorsOff = """
        is_global = true
        build_property.McpSecureGenInterceptors = false
        """;

    /// <summary>The library as this rule sees it: by assembly name, namespace, class and method.</summary>
    private static readonly MetadataReference Guard = References.Compile("McpSecureGen", """
        namespace Microsoft.Extensions.DependencyInjection;
        public static class McpSecurityServiceCollectionExtensions
        {
            public static IServiceCollection AddMcpSecurity(this IServiceCollection services) => services;
        }
        """, References.Framework);

    [Fact]
    public Task Given_interceptors_off_and_no_guard_Triggers() => Program(
        """
        services.{|#0:AddMcpServer|}();
        McpServer.{|#1:Create|}(null!, null!);
        """,
        off: true,
        Verify.Diagnostic().WithLocation(0).WithArguments("McpServerServiceCollectionExtensions.AddMcpServer", "McpSecureGenInterceptors is false"),
        Verify.Diagnostic().WithLocation(1).WithArguments("McpServer.Create", "McpSecureGenInterceptors is false")).RunAsync();

    [Fact]
    public Task Given_namespace_not_listed_Triggers()
    {
        var test = Program("services.{|#0:AddMcpServer|}();", off: false,
            Verify.Diagnostic().WithLocation(0).WithArguments("McpServerServiceCollectionExtensions.AddMcpServer", "InterceptorsNamespaces does not list McpSecureGen.Generated"));
        test.Features["InterceptorsNamespaces"] = "Microsoft.AspNetCore.Http.Generated;McpSecureGen.GeneratedElsewhere";
        return test.RunAsync();
    }

    [Theory]
    [InlineData("A.B; McpSecureGen.Generated")]
    [InlineData("McpSecureGen")]
    public Task Given_namespace_listed_DoesNotTrigger(string namespaces)
    {
        var test = Program("services.AddMcpServer();", off: false);
        test.Features["InterceptorsNamespaces"] = namespaces;
        return test.RunAsync();
    }

    [Fact]
    public Task Given_guard_called_anywhere_DoesNotTrigger() => Program(
        """
        Func<IServiceCollection, Action<McpServerOptions>?, IMcpServerBuilder> add = McpServerServiceCollectionExtensions.AddMcpServer;
        services.AddMcpServer();
        static class Setup { public static void Secure(IServiceCollection s) => s.AddMcpSecurity(); }
        """, off: true).RunAsync();

    [Fact]
    public Task Given_method_group_Triggers_even_with_interceptors() => Program(
        """
        Func<IServiceCollection, Action<McpServerOptions>?, IMcpServerBuilder> add = McpServerServiceCollectionExtensions.{|#0:AddMcpServer|};
        services.AddMcpServer();
        """,
        off: false,
        Verify.Diagnostic().WithLocation(0).WithArguments("McpServerServiceCollectionExtensions.AddMcpServer", "a method group cannot be intercepted")).RunAsync();

    [Fact]
    public Task Given_library_DoesNotTrigger()
    {
        var test = Program("", off: true);
        test.TestState.OutputKind = OutputKind.DynamicallyLinkedLibrary;
        test.TestState.Sources.Clear();
        test.TestState.Sources.Add("""
            using Microsoft.Extensions.DependencyInjection;
            public static class Setup { public static void Add(IServiceCollection s) => s.AddMcpServer(); }
            """);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_method_of_the_same_name_elsewhere_Triggers_because_it_guards_nothing() => Program(
        """
        services.[|AddMcpServer|]();
        Fake.AddMcpSecurity(services);
        static class Fake { public static void AddMcpSecurity(IServiceCollection s) { } }
        """, off: true).RunAsync();

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Program("services.[|AddMcpServer|]();", off: true);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_fix_in_top_level_statements_Installs_the_guard_in_the_statement_before() => Fix(
        """
        using Microsoft.Extensions.DependencyInjection;

        var services = new ServiceCollection();

        // The server.
        services.[|AddMcpServer|]().WithTools<string>();
        """,
        """
        using Microsoft.Extensions.DependencyInjection;

        var services = new ServiceCollection();

        // The server.
        services.AddMcpSecurity();
        services.AddMcpServer().WithTools<string>();
        """);

    [Fact]
    public Task Given_fix_for_two_servers_on_the_same_services_Installs_the_guard_once() => Fix(
        """
        using Microsoft.Extensions.DependencyInjection;

        class T(IServiceCollection services)
        {
            static void Main()
            {
            }

            void Configure()
            {
                var a = 1;
                this.Services.[|AddMcpServer|]();
                _ = McpServerServiceCollectionExtensions.[|AddMcpServer|](this.Services);
            }

            IServiceCollection Services => services;
        }
        """,
        """
        using Microsoft.Extensions.DependencyInjection;

        class T(IServiceCollection services)
        {
            static void Main()
            {
            }

            void Configure()
            {
                var a = 1;
                this.Services.AddMcpSecurity();
                this.Services.AddMcpServer();
                _ = McpServerServiceCollectionExtensions.AddMcpServer(this.Services);
            }

            IServiceCollection Services => services;
        }
        """);

    [Theory]
    [InlineData("new ServiceCollection().[|AddMcpServer|]();")]
    [InlineData("Action<IServiceCollection> add = s => s.[|AddMcpServer|]();")]
    [InlineData("if (args.Length > 0) services.[|AddMcpServer|]();")]
    [InlineData("McpServer.[|Create|](null!, null!);")]
    public Task Given_no_place_for_a_statement_Offers_no_fix(string statement)
    {
        var source = Source(statement);
        var test = VerifyFix.Test(source, source, MCPSEC5002InstallGuardFix.InstallKey);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", InterceptorsOff));
        return test.RunAsync();
    }

    private static Task Fix(string source, string fixedSource)
    {
        var test = VerifyFix.Test(source, fixedSource, MCPSEC5002InstallGuardFix.InstallKey);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.Remove(References.Own);
        test.TestState.AdditionalReferences.Add(Guard);
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", InterceptorsOff));

        // The guard protects the whole program: the first application answers every finding.
        test.NumberOfIncrementalIterations = 1;
        return test.RunAsync();
    }

    private static Verify.AnalyzerTest Program(string statements, bool off, params DiagnosticResult[] expected)
    {
        var test = Verify.Test(Source(statements), expected);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.TestState.AdditionalReferences.Remove(References.Own);
        test.TestState.AdditionalReferences.Add(Guard);
        if (off)
        {
            test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", InterceptorsOff));
        }

        return test;
    }

    private static string Source(string statements) => $"""
        using Microsoft.Extensions.DependencyInjection;
        IServiceCollection services = new ServiceCollection();
        {statements}
        """;
}
