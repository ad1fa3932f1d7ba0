using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Tests.Testing;

/// <summary>Compiles a source and, where behaviour is compared with the run time's, loads it.</summary>
internal static class Sources
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading.Tasks;
        global using McpSecureGen;
        global using ModelContextProtocol.Server;
        """;

    public static CSharpCompilation Compile(string source, params MetadataReference[] more) => CSharpCompilation.Create(
        "Test" + Guid.NewGuid().ToString("n"),
        [.. new[] { Usings, source }.Select(text => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)))],
        [.. References.Framework, .. References.Sdk, References.Own, .. more],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));

    public static Assembly Load(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }

    public static INamedTypeSymbol Type(CSharpCompilation compilation, string name) =>
        (INamedTypeSymbol)compilation.GetSymbolsWithName(name, SymbolFilter.Type).First();
}
