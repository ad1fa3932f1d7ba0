using McpSecureGen.Analyzers.Infrastructure;

namespace McpSecureGen.Analyzers.Tests.Infrastructure;

public sealed class SourceWriterTests
{
    [Fact]
    public void Given_blocks_Indents_lines_and_leaves_empty_lines_empty()
    {
        var writer = new SourceWriter();
        writer.OpenBlock("class A").Line("int a;\r\n\nint b;").Line().Write("int ").Line("c;").CloseBlock(";");
        Assert.Equal("class A\n{\n    int a;\n\n    int b;\n\n    int c;\n};\n", writer.ToString());
    }

    [Fact]
    public void Given_one_close_too_many_Throws() => Assert.Throws<InvalidOperationException>(() => new SourceWriter().Unindent());
}
