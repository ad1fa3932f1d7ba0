using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC1001UnsecuredPrimitiveAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC1001DeclareCapabilityFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1001FixTests
{
    private const string Waiver = $"[RequiresNoCapability(\"{MCPSEC1001DeclareCapabilityFix.WaiverReason}\")]";

    [Fact]
    public Task Given_body_that_reads_a_file_Declares_read_files() => Verify.Source(
        """
        public sealed class T
        {
            /// <summary>Reads.</summary>
            [McpServerTool] // why
            public string [|Read|](string path) => System.IO.File.ReadAllText(path);
        }
        """,
        """
        using McpSecureGen;

        public sealed class T
        {
            /// <summary>Reads.</summary>
            [McpServerTool] // why
            [RequiresCapability("read:files")]
            public string Read(string path) => System.IO.File.ReadAllText(path);
        }
        """,
        MCPSEC1001DeclareCapabilityFix.InferredKey);

    [Fact]
    public Task Given_code_that_works_through_other_methods_Declares_all_it_uses() => Verify.Source(
        """
        // A header.

        using System.Net.Http;
        using ModelContextProtocol;

        public sealed class T
        {
            [McpServerTool] public string [|Run|](string a) { return Outer(a); }

            private string Outer(string a) { Stores.Save(a); return new Http().Get(a); }
        }

        static class Stores { public static void Save(string a) => System.IO.File.WriteAllText(a, a); }

        class Http { public string Get(string a) => new HttpClient().GetStringAsync(a).Result + Environment.GetEnvironmentVariable(a); }
        """,
        """
        // A header.

        using System.Net.Http;
        using McpSecureGen;
        using ModelContextProtocol;

        public sealed class T
        {
            [McpServerTool] [RequiresCapability("env:read", "net:access", "write:files")] public string Run(string a) { return Outer(a); }

            private string Outer(string a) { Stores.Save(a); return new Http().Get(a); }
        }

        static class Stores { public static void Save(string a) => System.IO.File.WriteAllText(a, a); }

        class Http { public string Get(string a) => new HttpClient().GetStringAsync(a).Result + Environment.GetEnvironmentVariable(a); }
        """,
        MCPSEC1001DeclareCapabilityFix.InferredKey);

    [Theory]
    [InlineData("read:files")]
    [InlineData("write:files")]
    [InlineData("exec:commands")]
    [InlineData("net:access")]
    [InlineData("env:read")]
    public Task Given_core_name_is_chosen_Declares_it(string capability) => Verify.Source(
        """
        using McpSecureGen;
        class T
        {
            [McpServerTool]
            int [|A|]() => 1;

            [McpServerPrompt]
            string [|B|]() => "";
        }
        """,
        $$"""
        using McpSecureGen;
        class T
        {
            [McpServerTool]
            [RequiresCapability("{{capability}}")]
            int A() => 1;

            [McpServerPrompt]
            [RequiresCapability("{{capability}}")]
            string B() => "";
        }
        """,
        MCPSEC1001DeclareCapabilityFix.CapabilityKeyPrefix + capability);

    [Fact]
    public Task Given_waiver_is_chosen_Inserts_a_reason() => Verify.Source(
        """
        #nullable enable
        namespace N
        {
            class A { [RequiresNothing] public virtual int Other() => 1; }
            class T : Base
            {
                /// <summary>Overrides.</summary>
                public override int [|Add|]() => 1;
            }
            abstract class Base { [McpServerTool] public abstract int Add(); }
            class RequiresNothingAttribute : Attribute;
        }
        """,
        $$"""
        #nullable enable
        using McpSecureGen;

        namespace N
        {
            class A { [RequiresNothing] public virtual int Other() => 1; }
            class T : Base
            {
                /// <summary>Overrides.</summary>
                {{Waiver}}
                public override int Add() => 1;
            }
            abstract class Base { [McpServerTool] public abstract int Add(); }
            class RequiresNothingAttribute : Attribute;
        }
        """,
        MCPSEC1001DeclareCapabilityFix.WaiverKey);

    [Fact]
    public Task Given_global_using_Adds_no_using()
    {
        var test = Verify.Test(
            "class T { [McpServerTool]\n    int [|A|]() => 1; }",
            $"class T {{ [McpServerTool]\n{Waiver}\n    int A() => 1; }}",
            MCPSEC1001DeclareCapabilityFix.WaiverKey);
        test.TestState.Sources.Add("global using McpSecureGen;");
        test.FixedState.Sources.Add("global using McpSecureGen;");
        return test.RunAsync();
    }

    [Fact]
    public Task Given_windows_line_ends_Keeps_them() => Verify.Source(
        "using McpSecureGen;\r\nclass T\r\n{\r\n    [McpServerTool]\r\n    int [|A|]() => 1;\r\n}\r\n",
        $"using McpSecureGen;\r\nclass T\r\n{{\r\n    [McpServerTool]\r\n    {Waiver}\r\n    int A() => 1;\r\n}}\r\n",
        MCPSEC1001DeclareCapabilityFix.WaiverKey);

    [Fact]
    public async Task Given_fix_all_in_a_project_Declares_or_waives_every_method()
    {
        var test = Verify.Test(
            """
            class A
            {
                [McpServerTool]
                string [|Read|](string path) => System.IO.File.ReadAllText(path);
            }
            """,
            """
            using McpSecureGen;

            class A
            {
                [McpServerTool]
                [RequiresCapability("read:files")]
                string Read(string path) => System.IO.File.ReadAllText(path);
            }
            """,
            MCPSEC1001DeclareCapabilityFix.InferredKey);
        test.TestState.Sources.Add("""
            class B
            {
                [McpServerTool]
                void [|Write|](string path) => System.IO.File.Delete(path);

                [McpServerTool]
                int [|Add|](int a) => a;
            }
            """);

        // Nothing can be inferred for Add, so the single fix leaves it and "fix all" waives it.
        const string FixedOneByOne = """
            using McpSecureGen;

            class B
            {
                [McpServerTool]
                [RequiresCapability("write:files")]
                void Write(string path) => System.IO.File.Delete(path);

                [McpServerTool]
                int [|Add|](int a) => a;
            }
            """;
        test.FixedState.Sources.Add(FixedOneByOne);
        test.BatchFixedState.InheritanceMode = StateInheritanceMode.Explicit;
        test.BatchFixedState.AdditionalReferences.AddRange(test.TestState.AdditionalReferences);
        foreach (var source in test.FixedState.Sources)
        {
            test.BatchFixedState.Sources.Add(source.content.ToString() == FixedOneByOne
                ? (source.filename, Microsoft.CodeAnalysis.Text.SourceText.From(FixedOneByOne.Replace(
                    "[McpServerTool]\n    int [|Add|]", $"[McpServerTool]\n    {Waiver}\n    int Add", StringComparison.Ordinal)))
                : source);
        }

        test.FixedState.MarkupHandling = MarkupMode.Allow;
        test.BatchFixedState.MarkupHandling = MarkupMode.Allow;
        await test.RunAsync();
    }

    [Fact]
    public async Task Given_class_that_inherits_undeclared_methods_Declares_on_the_class_once()
    {
        var test = Verify.Test(
            """
            using McpSecureGen;
            class {|#0:A|} : LibBase;
            """,
            """
            using McpSecureGen;
            [RequiresCapability("net:access")]
            class A : LibBase;
            """,
            MCPSEC1001DeclareCapabilityFix.CapabilityKeyPrefix + "net:access");
        foreach (var method in new[] { "Read", "Write" })
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Descriptors.Descriptors.MCPSEC1001).WithLocation(0).WithArguments("Tool", "A." + method));
        }

        test.TestState.AdditionalReferences.Add(References.Compile("Lib", """
            using ModelContextProtocol.Server;
            public class LibBase { [McpServerTool] public string Read() => ""; [McpServerTool] public string Write() => ""; }
            """, [.. References.Framework, .. References.Sdk]));
        test.NumberOfIncrementalIterations = 1;
        test.NumberOfFixAllIterations = 1;
        await test.RunAsync();
    }
}
