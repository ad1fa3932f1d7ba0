using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Tests.Infrastructure;

public sealed class McpSymbolsTests
{
    private const string Lookalike = "namespace ModelContextProtocol.Server { public sealed class McpServerToolAttribute : System.Attribute; }";

    [Theory]
    [InlineData("ModelContextProtocol.Core", true)]
    [InlineData("Lookalike", false)]
    public void Given_type_of_the_right_name_Is_the_SDKs_only_in_the_SDKs_assembly(string assembly, bool expected)
    {
        var reference = References.Compile(assembly, Lookalike, References.Framework);
        var compilation = CSharpCompilation.Create("Test", references: [.. References.Framework, reference]);
        var type = ((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GetTypeByMetadataName("ModelContextProtocol.Server.McpServerToolAttribute");

        Assert.NotNull(type);
        Assert.Equal(expected, McpSymbols.KindOf(type) == PrimitiveKind.Tool);
    }

    [Theory]
    [InlineData("A.B.C", true)]
    [InlineData("B.C", false)]
    [InlineData("X.A.B.C", false)]
    [InlineData("A.B", false)]
    [InlineData("AA.B.C", false)]
    public void Given_namespace_Is_compared_as_a_whole(string fullName, bool expected)
    {
        var compilation = Sources.Compile("namespace A.B.C { public class T; }");
        Assert.Equal(expected, McpSymbols.IsNamespace(Sources.Type(compilation, "T").ContainingNamespace, fullName));
    }

    [Theory]
    [InlineData("/p/obj/McpSecureGen.Analyzers/McpSecureGen.Analyzers.Emission.G/McpSecureGen.T.g.cs", true)]
    [InlineData(@"McpSecureGen.Analyzers\McpSecureGen.Analyzers.Emission.G\McpSecureGen.T.g.cs", true)]
    [InlineData("/p/src/McpSecureGen.Analyzers.Emission.G/McpSecureGen.T.g.cs", false)]
    [InlineData("/p/McpSecureGen.Analyzers/Other/McpSecureGen.T.g.cs", false)]
    [InlineData("/p/McpSecureGen.Analyzers/McpSecureGen.Analyzers.Emission.G/Other.g.cs", false)]
    [InlineData("McpSecureGen.T.g.cs", false)]
    [InlineData("", false)]
    public void Given_file_Is_own_output_only_when_folder_generator_and_name_are_ours(string path, bool expected) =>
        Assert.Equal(expected, OwnOutput.Contains(CSharpSyntaxTree.ParseText("", path: path)));
}
