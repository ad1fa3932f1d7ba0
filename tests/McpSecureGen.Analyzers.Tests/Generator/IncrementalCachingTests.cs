using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>An edit that changes nothing for a primitive costs nothing for it.</summary>
public sealed class IncrementalCachingTests
{
    private const string ReadWrapper = "McpSecureGen.FileTools_Read.g.cs";
    private const string SearchWrapper = "McpSecureGen.FileTools_Search.g.cs";

    public static TheoryData<string> UnrelatedEdits { get; } = [.. Unrelated().Keys];

    [Theory]
    [MemberData(nameof(UnrelatedEdits))]
    public void Unrelated_edit_leaves_every_output_cached(string edit)
    {
        var server = new IncrementalEdits();
        var before = GeneratorRun.Texts(server.Driver);

        server.Edit(Unrelated()[edit]);

        Assert.All(server.OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        foreach (var step in IncrementalEdits.ModelSteps)
        {
            Assert.All(server.Reasons(step), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {reason}"));
        }

        Assert.Equal(before, GeneratorRun.Texts(server.Driver));
    }

    [Theory]
    [InlineData("string path)", "string path, int maxBytes = 5)")]
    [InlineData("[SafePath(Root = \"workspace\")]", "[SafePath(Root = \"other\")]")]
    [InlineData("[SafePath(Root = \"workspace\")]", "")]
    [InlineData("public string Read", "public System.Threading.Tasks.Task<string> Read")]
    [InlineData("public string Read", "private string Read")]
    [InlineData("public string Read", "[RateLimit(1, 1)] public string Read")]
    public void Edit_of_a_signature_or_attribute_writes_that_primitive_only(string before, string after)
    {
        var server = new IncrementalEdits().Edit(IncrementalEdits.Files, before, after);

        var outputs = server.Outputs();
        Assert.Equal(IncrementalStepRunReason.Modified, outputs[ReadWrapper]);
        Assert.All(outputs.Where(output => output.Key is not (ReadWrapper or "McpSecureGen.SecuredPrimitives.g.cs")), output => Assert.Equal(IncrementalStepRunReason.Cached, output.Value));
        Assert.Single(server.Reasons(StepNames.Primitives), reason => reason is IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void Table_is_written_again_only_when_a_key_changes()
    {
        var server = new IncrementalEdits().Edit(IncrementalEdits.Files, "Root = \"workspace\"", "Root = \"other\"");
        Assert.Equal(IncrementalStepRunReason.Cached, server.Outputs()["McpSecureGen.SecuredPrimitives.g.cs"]);

        server.Edit(IncrementalEdits.Files, "string path)", "string path, int x)");
        Assert.Equal(IncrementalStepRunReason.Modified, server.Outputs()["McpSecureGen.SecuredPrimitives.g.cs"]);
    }

    [Fact]
    public void Edit_of_a_type_in_another_file_reaches_the_tool_that_takes_it()
    {
        var server = new IncrementalEdits();
        server.Edit(compilation => compilation
            .Edit(IncrementalEdits.Files, text => text.Replace("public sealed record Query(string Text, [Range(1, 10)] int Count, Query? Next);", "", StringComparison.Ordinal))
            .Edit(IncrementalEdits.Other, text => text + " public sealed record Query(string Text, [Range(1, 10)] int Count, Query? Next);"));
        Assert.All(server.OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));

        server.Edit(IncrementalEdits.Other, "Range(1, 10)", "Range(1, 99)");

        Assert.Equal(IncrementalStepRunReason.Modified, server.Outputs()[SearchWrapper]);
        Assert.Equal(IncrementalStepRunReason.Cached, server.Outputs()[ReadWrapper]);
    }

    [Theory]
    [InlineData("Aaa")]
    [InlineData("Zzz")]
    public void Second_tool_leaves_the_others_cached(string name)
    {
        var server = new IncrementalEdits();
        server.Edit(compilation => compilation.Add(name + ".cs", $"public class {name} {{ [McpServerTool, RequiresCapability(\"read:files\")] public string M() => \"\"; }}"));

        var outputs = server.Outputs();
        Assert.Equal(IncrementalStepRunReason.New, outputs[$"McpSecureGen.{name}_M.g.cs"]);
        Assert.Equal(IncrementalStepRunReason.Modified, outputs["McpSecureGen.SecuredPrimitives.g.cs"]);
        Assert.All(
            outputs.Where(output => output.Key is not "McpSecureGen.SecuredPrimitives.g.cs" && !output.Key.Contains(name, StringComparison.Ordinal)),
            output => Assert.Equal(IncrementalStepRunReason.Cached, output.Value));
    }

    [Fact]
    public void Tool_appended_to_a_class_leaves_the_others_cached()
    {
        var server = new IncrementalEdits().Edit(
            IncrementalEdits.Files, "query.Text;", "query.Text;\n    [McpServerTool, RequiresCapability(\"read:files\")] public string More() => \"\";");

        Assert.Equal(IncrementalStepRunReason.Cached, server.Outputs()[ReadWrapper]);
        Assert.Equal(IncrementalStepRunReason.Cached, server.Outputs()[SearchWrapper]);
    }

    [Fact]
    public void Attribute_removed_or_declaration_removed_removes_the_wrapper()
    {
        var server = new IncrementalEdits().Edit(IncrementalEdits.Files, "[McpServerTool, RequiresCapability(\"read:files\")]\n    public string Read", "[McpServerTool]\n    public string Read");
        Assert.DoesNotContain(ReadWrapper, GeneratorRun.Texts(server.Driver).Keys);

        server.Edit(IncrementalEdits.Files, "[McpServerTool, RequiresCapability(\"read:files\")]", "");
        Assert.DoesNotContain(SearchWrapper, GeneratorRun.Texts(server.Driver).Keys);
    }

    private static Dictionary<string, Func<CSharpCompilation, CSharpCompilation>> Unrelated() => new(StringComparer.Ordinal)
    {
        ["new file"] = c => c.Add("New.cs", "namespace Server; public class New : Other { public void M() { } }"),
        ["file without types"] = c => c.Add("New.cs", "// nothing"),
        ["file that fails to parse"] = c => c.Add("New.cs", "class {{{ "),
        ["body of another type"] = c => c.Edit(IncrementalEdits.Other, text => text.Replace("=> 1", "=> 2", StringComparison.Ordinal)),
        ["member of another type"] = c => c.Edit(IncrementalEdits.Other, text => text.Replace("public int", "public string X => \"\"; public int", StringComparison.Ordinal)),
        ["body of a tool"] = c => c.Edit(IncrementalEdits.Files, text => text.Replace("path + \"read\"", "path + \"other\"", StringComparison.Ordinal)),
        ["body of an inherited tool"] = c => c.Edit(IncrementalEdits.Mail, text => text.Replace("to + body", "body + to", StringComparison.Ordinal)),
        ["whitespace"] = c => c.Edit(IncrementalEdits.Files, text => text.Replace("public string Read(", "public   string\n  Read ( ", StringComparison.Ordinal)),
        ["comment"] = c => c.Edit(IncrementalEdits.Files, text => "// first line\n" + text.Replace("string path", "/* why */ string path", StringComparison.Ordinal)),
        ["line ends"] = c => c.Edit(IncrementalEdits.Files, text => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)),
        ["helper before the tools"] = c => c.Edit(IncrementalEdits.Files, text => text.Replace("    [McpServerTool", "    private int Help() => 1;\n    [McpServerTool", StringComparison.Ordinal)),
        ["moved to another file"] = c => c.RemoveSyntaxTrees(c.SyntaxTrees.Single(t => t.FilePath == IncrementalEdits.Other)).Add("Moved.cs", "namespace Server; public class Other { public int Value() => 1; }"),
    };
}
