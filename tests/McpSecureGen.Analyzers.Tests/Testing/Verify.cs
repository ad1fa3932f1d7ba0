using System.Diagnostics.CodeAnalysis;
using McpSecureGen.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace McpSecureGen.Analyzers.Tests.Testing;

/// <summary>Runs one rule over a source that sees the true SDK and the true attributes.</summary>
internal static class Verify<TAnalyzer>
    where TAnalyzer : SecurityRule, new()
{
    /// <summary>A finding of the rule's only descriptor, or of the given one.</summary>
    public static DiagnosticResult Diagnostic(DiagnosticDescriptor? descriptor = null) =>
        new(descriptor ?? new TAnalyzer().SupportedDiagnostics[0]);

    /// <summary>Markup <c>[|...|]</c> or <c>{|#0:...|}</c> with expected results says where findings stand; none means no finding.</summary>
    public static Task Source([StringSyntax("C#-test")] string source, params DiagnosticResult[] expected) => Test(source, expected).RunAsync();

    public static AnalyzerTest Test([StringSyntax("C#-test")] string source, params DiagnosticResult[] expected)
    {
        var test = new AnalyzerTest { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    internal sealed class AnalyzerTest : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    {
        public AnalyzerTest() => SourceSettings.Apply(this);

        /// <summary>Options of the parser, such as the namespaces interceptors may live in.</summary>
        public Dictionary<string, string> Features { get; } = new(StringComparer.Ordinal) { ["InterceptorsNamespaces"] = "McpSecureGen.Generated" };

        protected override ParseOptions CreateParseOptions() => SourceSettings.ParseOptions(Features);

        protected override CompilationOptions CreateCompilationOptions() => SourceSettings.CompilationOptions(base.CreateCompilationOptions());

        /// <summary>Of a rule with two messages, plain markup stands for the first.</summary>
        protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => analyzers[0].SupportedDiagnostics[0];
    }
}

/// <summary>Runs one rule and its fix, for a single finding and for all at once.</summary>
internal static class VerifyFix<TAnalyzer, TFix>
    where TAnalyzer : SecurityRule, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>The fixed source has no finding left, so a second run of the fix has nothing to do: the harness checks both.</summary>
    public static Task Source([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource, string equivalenceKey) =>
        Test(source, fixedSource, equivalenceKey).RunAsync();

    public static FixTest Test([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource, string equivalenceKey) =>
        new() { TestCode = source, FixedCode = fixedSource, CodeActionEquivalenceKey = equivalenceKey };

    internal sealed class FixTest : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    {
        public FixTest()
        {
            SourceSettings.Apply(this);
            SourceSettings.ApplyGlobalUsings(FixedState);
            BatchFixedState.InheritanceMode = StateInheritanceMode.AutoInheritAll;
        }

        public Dictionary<string, string> Features { get; } = new(StringComparer.Ordinal) { ["InterceptorsNamespaces"] = "McpSecureGen.Generated" };

        protected override ParseOptions CreateParseOptions() => SourceSettings.ParseOptions(Features);

        protected override CompilationOptions CreateCompilationOptions() => SourceSettings.CompilationOptions(base.CreateCompilationOptions());
    }
}

/// <summary>The settings both kinds of test share.</summary>
internal static class SourceSettings
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel;
        global using System.ComponentModel.DataAnnotations;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using ModelContextProtocol.Server;
        """;

    public static void Apply(AnalyzerTest<DefaultVerifier> test)
    {
        test.ReferenceAssemblies = References.None;
        test.TestState.AdditionalReferences.AddRange(References.Framework);
        test.TestState.AdditionalReferences.AddRange(References.Sdk);
        test.TestState.AdditionalReferences.Add(References.Own);
        ApplyGlobalUsings(test.TestState);
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;

        // Of a rule with several messages, markup means any.
        test.MarkupOptions = MarkupOptions.UseFirstDescriptor;
    }

    public static void ApplyGlobalUsings(SolutionState state) => state.Sources.Add(("/0/GlobalUsings.cs", GlobalUsings));

    public static ParseOptions ParseOptions(IEnumerable<KeyValuePair<string, string>> features) =>
        new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Diagnose).WithFeatures(features);

    public static CompilationOptions CompilationOptions(CompilationOptions options) =>
        ((CSharpCompilationOptions)options).WithNullableContextOptions(NullableContextOptions.Enable);
}
