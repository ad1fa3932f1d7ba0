using McpSecureGen.Analyzers.Inference;
using McpSecureGen.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Tests.Inference;

public sealed class CapabilityMapTests
{
    [Fact]
    public void Given_the_shipped_map_Every_row_names_capabilities_of_the_grammar()
    {
        Assert.True(CapabilityMap.Instance.Count > 1000);
        using var stream = typeof(CapabilityMap).Assembly.GetManifestResourceStream("CapabilityMap.tsv")!;
        using var reader = new StreamReader(stream);
        foreach (var columns in reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Skip(1).Select(l => l.Split('\t')))
        {
            Assert.Matches("^[MPEFTNA]:", columns[0]);
            Assert.All(columns[1].Split(','), c => Assert.True(c is "safe" or "none" || McpSecureGen.Analyzers.Parsing.CapabilityGrammar.IsWellFormed(c), c));
        }
    }

    [Theory]
    [InlineData("System.IO.File.ReadAllText(a);", "read:files")]
    [InlineData("new System.IO.StreamReader(a).Dispose();", "read:files")]
    [InlineData("new System.IO.StreamReader(System.IO.Stream.Null).Dispose();", "")]
    [InlineData("_ = new System.IO.FileInfo(a);", "")]
    [InlineData("System.Diagnostics.Process.Start(a);", "exec:commands")]
    [InlineData("Func<string, string> f = System.IO.File.ReadAllText;", "read:files")]
    [InlineData("new System.IO.FileInfo(a).IsReadOnly = true;", "write:files")]
    [InlineData("_ = a.Length;", "")]
    [InlineData("T(a);", "")]
    public void Given_body_Finds_what_it_evidently_uses(string statement, string expected)
    {
        var compilation = Sources.Compile($"public class C {{ public void T(string a) {{ {statement} }} }}");
        var method = (IMethodSymbol)Sources.Type(compilation, "C").GetMembers("T").Single();
        Assert.Equal(expected, string.Join(",", DirectCapabilityScan.Of(method, compilation, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Given_rows_of_several_widths_The_most_specific_wins()
    {
        var map = CapabilityMap.Read(new StringReader("doc-id\tcapability\nM:C.M(System.Int32)\ta:overload\nM:C.M\ta:member\nT:C\ta:type\nM:C.Safe\tsafe\n"));
        var type = Sources.Type(Sources.Compile("public class C { public void M(int a) { } public void M() { } public void O() { } public void Safe() { } }"), "C");
        Assert.Equal(["a:overload", "a:member"], type.GetMembers("M").Select(m => map.Find(m)!.Capabilities.Single()));
        Assert.Equal("a:type", map.Find(type.GetMembers("O").Single())!.Capabilities.Single());
        Assert.True(map.Find(type.GetMembers("Safe").Single()) is { IsLeaf: true, Capabilities.IsEmpty: true });
    }
}
