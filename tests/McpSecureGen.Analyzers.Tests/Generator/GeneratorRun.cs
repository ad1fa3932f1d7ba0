using System.Collections.Immutable;
using McpSecureGen.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>Runs the generator over sources that see the true SDK and the true attributes.</summary>
internal static class GeneratorRun
{
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.ComponentModel;
        global using System.ComponentModel.DataAnnotations;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using McpSecureGen;
        global using ModelContextProtocol.Server;
        """;

    public static readonly CSharpParseOptions ParseOptions = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Diagnose)
        .WithFeatures([new("InterceptorsNamespaces", "McpSecureGen.Generated")]);

    public static readonly ImmutableArray<MetadataReference> AllReferences =
        [.. References.Framework, .. References.Sdk, References.Own];

    public static CSharpCompilation Compilation(params (string Path, string Text)[] files) => CSharpCompilation.Create(
        "Sample",
        [.. files.Prepend(("GlobalUsings.cs", GlobalUsings)).Select(file => Parse(file.Item1, file.Item2))],
        AllReferences,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, deterministic: true));

    public static CSharpCompilation Compilation(string source) => Compilation(("Source.cs", source));

    public static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), ParseOptions, path);

    public static CSharpCompilation Edit(this CSharpCompilation compilation, string path, Func<string, string> edit)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
        var before = tree.ToString();
        var after = edit(before);
        Assert.NotEqual(before, after);
        return compilation.ReplaceSyntaxTree(tree, Parse(path, after));
    }

    public static CSharpCompilation Add(this CSharpCompilation compilation, string path, string text) => compilation.AddSyntaxTrees(Parse(path, text));

    public static GeneratorDriver Driver(bool track = false, params ISourceGenerator[] more) => CSharpGeneratorDriver.Create(
        [new SecuredPrimitiveGenerator().AsSourceGenerator(), .. more],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, track));

    public static GeneratorRunResult Run(CSharpCompilation compilation) => Driver().RunGenerators(compilation).GetRunResult().Results[0];

    /// <summary>Hint name to text.</summary>
    public static SortedDictionary<string, string> Texts(CSharpCompilation compilation) => Texts(Driver().RunGenerators(compilation));

    public static SortedDictionary<string, string> Texts(GeneratorDriver driver) => new(
        driver.GetRunResult().Results[0].GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString()), StringComparer.Ordinal);

    /// <summary>The compilation with what was generated; fails on an exception of the generator and on an error or warning in its output.</summary>
    public static CSharpCompilation Complete(CSharpCompilation compilation, params ISourceGenerator[] more)
    {
        var driver = Driver(false, more).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        var own = driver.GetRunResult().Results[0];
        Assert.Null(own.Exception);
        var generated = own.GeneratedSources.Select(s => s.SyntaxTree).ToHashSet();
        var found = output.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error || (d.Severity == DiagnosticSeverity.Warning && generated.Contains(d.Location.SourceTree!)))
            .Select(d => $"{d}\n    {d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}");
        Assert.True(!found.Any(), string.Join('\n', found));
        return (CSharpCompilation)output;
    }
}
