using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC1008UncountedDeclarationAnalyzer>;
using VerifyFix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC1008UncountedDeclarationAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC1008RemoveDeclarationFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1008Tests
{
    private const string Usings = """
        using McpSecureGen;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Routing;

        """;

    [Fact]
    public Task Given_anonymous_method_and_class_of_primitives_Triggers() => Web("""
        public class T
        {
            [McpServerTool, {|#0:AllowAnonymous|}, RequiresCapability("read:files")] public string Read() => "";
            [McpServerPrompt, {|#1:Open|}] string Ask() => "";
        }
        [{|#2:AllowAnonymous|}] public class Resources { [McpServerResource] string Note() => ""; }
        sealed class OpenAttribute : Attribute, IAllowAnonymous;
        """,
        Verify.Diagnostic(MCPSEC1008Anonymous).WithLocation(0).WithArguments("AllowAnonymousAttribute", "Read"),
        Verify.Diagnostic(MCPSEC1008Anonymous).WithLocation(1).WithArguments("OpenAttribute", "Ask"),
        Verify.Diagnostic(MCPSEC1008Anonymous).WithLocation(2).WithArguments("AllowAnonymousAttribute", "Resources")).RunAsync();

    [Fact]
    public Task Given_anonymous_base_class_and_overridden_method_Triggers() => Web("""
        [{|MCPSEC1008:AllowAnonymous|}] public abstract class Root;
        public abstract class Base : Root { [{|MCPSEC1008:AllowAnonymous|}] public virtual string Read() => ""; }
        public class T : Base { [McpServerTool] public override string Read() => ""; }
        """).RunAsync();

    [Fact]
    public Task Given_anonymous_base_of_another_assembly_Triggers_where_it_becomes_a_primitive()
    {
        var test = Web("""
            public class {|MCPSEC1008:T|} : Lib.Open { [McpServerTool] public string Read() => ""; }
            public class Heir : T;
            public class U : Lib.Member { [McpServerTool] public override string {|MCPSEC1008:Read|}() => ""; }
            public class V : Lib.Member { [McpServerTool] public string Other() => ""; }
            """);
        test.TestState.AdditionalReferences.Add(References.Compile("Lib", """
            using Microsoft.AspNetCore.Authorization;
            namespace Lib;
            [AllowAnonymous] public class Open;
            public class Member { [AllowAnonymous] public virtual string Read() => ""; }
            """, [.. References.Framework, .. References.Web]));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_anonymous_endpoint_Triggers_wherever_the_convention_stands() => Web("""
        static class Program
        {
            static void Map(WebApplication app, WebApplication other)
            {
                app.MapMcp("/a").{|#0:AllowAnonymous|}();
                app.MapGroup("/g").{|#1:AllowAnonymous|}().MapMcp();
                app.MapMcp("/b").WithMetadata({|#2:new AllowAnonymousAttribute()|});
                var endpoint = app.MapMcp("/c");
                endpoint.RequireHost("localhost").{|#3:AllowAnonymous|}();
                var group = other.MapGroup("/h");
                group.{|#4:AllowAnonymous|}();
                group.MapMcp();
                endpoint.Add(b => b.Metadata.Add({|#5:new AllowAnonymousAttribute()|}));
            }
        }
        """,
        [.. Enumerable.Range(0, 6).Select(i => Verify.Diagnostic(MCPSEC1008AnonymousEndpoint).WithLocation(i)
            .WithArguments(i is 2 or 5 ? "AllowAnonymousAttribute" : "AllowAnonymous()"))]).RunAsync();

    [Fact]
    public Task Given_anonymous_access_to_other_things_DoesNotTrigger() => Web("""
        [AllowAnonymous] public class Controller { public string Index() => ""; }
        public class T { [AllowAnonymous] public string Page() => ""; [McpServerTool] public string Read() => ""; }
        static class Program
        {
            static void Map(WebApplication app)
            {
                app.MapMcp("/mcp").RequireAuthorization();
                app.MapGet("/health", () => "ok").AllowAnonymous();
                var group = app.MapGroup("/g");
                group.MapGet("/health", () => "ok").AllowAnonymous();
                group.MapMcp();
            }
        }
        """).RunAsync();

    [Fact]
    public Task Given_capability_on_what_is_no_primitive_Triggers() => Program("""
        public class T
        {
            [{|#0:RequiresCapability("read:files")|}] private string Open() => "";
            [{|#1:RequiresNoCapability("Reads nothing.")|}] public virtual string Virtual() => "";
            public int Size { [{|#2:RequiresCapability("read:files")|}] get => 1; }
            [McpServerTool] public string Read() => Open();
        }
        [{|#3:RequiresCapability("read:files")|}] public class Plain { public string Read() => ""; }
        """,
        Verify.Diagnostic().WithLocation(0).WithArguments("RequiresCapability", "'Open' is no tool, prompt or resource, and none overrides it"),
        Verify.Diagnostic().WithLocation(1).WithArguments("RequiresNoCapability", "'Virtual' is no tool, prompt or resource, and none overrides it"),
        Verify.Diagnostic().WithLocation(2).WithArguments("RequiresCapability", "'get_Size' is no tool, prompt or resource, and none overrides it"),
        Verify.Diagnostic().WithLocation(3).WithArguments("RequiresCapability", "'Plain' has no tool, prompt or resource, and no class derived from it has one")).RunAsync();

    [Fact]
    public Task Given_capability_on_an_interface_Triggers_because_it_is_not_inherited() => Program("""
        public interface IReader { [{|#0:RequiresCapability("read:files")|}] string Read(); }
        public class T : IReader { [McpServerTool] public string Read() => ""; }
        """, Verify.Diagnostic().WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithLocation(0).WithArguments("RequiresCapability", "what implements 'IReader.Read' does not inherit it")).RunAsync();

    [Fact]
    public Task Given_capability_on_a_hidden_method_Triggers_because_new_inherits_nothing() => Program("""
        public class Base { [{|MCPSEC1008:RequiresCapability("read:files")|}] public virtual string Read() => ""; }
        public class T : Base { [McpServerTool] public new string Read() => ""; }
        """).RunAsync();

    [Fact]
    public Task Given_capability_on_local_function_and_lambda_Triggers() => Program("""
        public class T
        {
            [McpServerTool]
            public string Read()
            {
                Func<int> lambda = [{|MCPSEC1008:RequiresCapability("read:files")|}] () => 1;
                [{|MCPSEC1008:RequiresCapability("read:files")|}] string Local() => "";
                return Local() + lambda();
            }
        }
        """).RunAsync();

    [Fact]
    public Task Given_declarations_that_count_DoesNotTrigger() => Program("""
        [RequiresCapability("read:files")] public abstract class Root { [RequiresCapability("net:access")] public abstract string Fetch(); }
        public abstract class Middle : Root { [RequiresCapability("env:read")] public override abstract string Fetch(); }
        public class T : Middle
        {
            [McpServerTool] public override string Fetch() => "";
            [McpServerPrompt, RequiresNoCapability("Text only.")] private static string Ask() => "";
            public string Note { [McpServerResource, RequiresCapability("read:files")] get => ""; }
        }
        [RequiresCapability("read:files")] public class Heir : T;
        public partial class P { [McpServerTool] public partial string Read(); }
        public partial class P { [RequiresCapability("read:files")] public partial string Read() => ""; }
        public interface ITools { [McpServerTool, RequiresCapability("read:files")] static string Read() => ""; }
        public record Generic<U> { [McpServerTool, RequiresCapability("read:files")] public U? Read() => default; }
        """).RunAsync();

    [Fact]
    public Task Given_what_another_rule_reports_DoesNotTrigger() => Program("""
        public class T
        {
            void Make()
            {
                _ = McpServerTool.Create([RequiresCapability("read:files")] () => 1);
                [McpServerTool, RequiresCapability("read:files")] string Local() => "";
                Local();
            }
        }
        """).RunAsync();

    [Fact]
    public Task Given_library_with_an_open_base_class_DoesNotTrigger() => Verify.Source("""
        using McpSecureGen;
        [RequiresCapability("read:files")] public abstract class FileTools { [RequiresCapability("net:access")] protected abstract string Fetch(); }
        [{|MCPSEC1008:RequiresCapability("read:files")|}] internal class Inner;
        [{|MCPSEC1008:RequiresCapability("read:files")|}] public sealed class Sealed { [{|MCPSEC1008:RequiresCapability("read:files")|}] public string Read() => ""; }
        """);

    [Fact]
    public Task Given_pragma_DoesNotTrigger() => Program("""
        #pragma warning disable MCPSEC1008
        [RequiresCapability("read:files")] public class Plain;
        #pragma warning restore MCPSEC1008
        """).RunAsync();

    [Fact]
    public Task Given_severity_none_in_editorconfig_DoesNotTrigger()
    {
        var test = Program("""[RequiresCapability("read:files")] public class Plain;""");
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", """
            root = true
            [*.cs]
            dotnet_diagnostic.MCPSEC1008.severity = none
            """));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Web("""
            public class T { [McpServerTool, {|MCPSEC1008:AllowAnonymous|}] public string Read() => ""; [{|MCPSEC1008:RequiresCapability("read:files")|}] void No() { } }
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_fix_Removes_attributes_and_keeps_what_stands_around_them() => Fix(
        """
        public class T
        {
            /// <summary>Reads.</summary>
            [{|MCPSEC1008:AllowAnonymous|}]
            [McpServerTool, RequiresCapability("read:files")]
            public string Read() => "";

            // Not a tool.
            [{|MCPSEC1008:RequiresCapability("read:files")|}]
            private string Open() => "";

            [McpServerTool, {|MCPSEC1008:AllowAnonymous|}, RequiresCapability("read:files")] public string Other() => "";
        }
        """,
        """
        public class T
        {
            /// <summary>Reads.</summary>
            [McpServerTool, RequiresCapability("read:files")]
            public string Read() => "";

            // Not a tool.
            private string Open() => "";

            [McpServerTool, RequiresCapability("read:files")] public string Other() => "";
        }
        """,
        MCPSEC1008RemoveDeclarationFix.RemoveKey).RunAsync();

    [Fact]
    public Task Given_fix_Removes_calls_from_their_chains() => Fix(
        """
        static class Program
        {
            static void Map(WebApplication app)
            {
                app.MapMcp("/a").{|MCPSEC1008:AllowAnonymous|}().RequireHost("localhost");
                app.MapGroup("/g").WithMetadata({|MCPSEC1008:new AllowAnonymousAttribute()|}).MapMcp();
                var endpoint = app.MapMcp("/c");
                endpoint.{|MCPSEC1008:AllowAnonymous|}();
            }
        }
        """,
        """
        static class Program
        {
            static void Map(WebApplication app)
            {
                app.MapMcp("/a").RequireHost("localhost");
                app.MapGroup("/g").MapMcp();
                var endpoint = app.MapMcp("/c");
            }
        }
        """,
        MCPSEC1008RemoveDeclarationFix.RemoveKey).RunAsync();

    [Fact]
    public Task Given_fix_for_a_declaration_with_one_obvious_place_Moves_it_there() => Fix(
        """
        public interface IReader
        {
            [{|MCPSEC1008:RequiresCapability("read:files")|}]
            string Read();
        }

        public class T : IReader
        {
            [McpServerTool]
            public string Read()
            {
                [{|MCPSEC1008:RequiresCapability("net:access")|}]
                string Local() => "";
                return Local();
            }
        }
        """,
        """
        public interface IReader
        {
            string Read();
        }

        public class T : IReader
        {
            [McpServerTool]
            [RequiresCapability("read:files")]
            [RequiresCapability("net:access")]
            public string Read()
            {
                string Local() => "";
                return Local();
            }
        }
        """,
        MCPSEC1008RemoveDeclarationFix.MoveKey).RunAsync();

    private static VerifyFix.FixTest Fix(string source, string fixedSource, string key)
    {
        var test = VerifyFix.Test(Usings + source, Usings + fixedSource, key);
        test.TestState.AdditionalReferences.AddRange(References.Web);
        return test;
    }

    private static Verify.AnalyzerTest Web(string source, params DiagnosticResult[] expected)
    {
        var test = Verify.Test(Usings + source, expected);
        test.TestState.AdditionalReferences.AddRange(References.Web);
        return test;
    }

    /// <summary>A program: nobody derives from its classes elsewhere.</summary>
    private static Verify.AnalyzerTest Program(string source, params DiagnosticResult[] expected)
    {
        var test = Verify.Test("using McpSecureGen;\n" + source + "\nstatic class Start { static void Main() { } }", expected);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return test;
    }
}
