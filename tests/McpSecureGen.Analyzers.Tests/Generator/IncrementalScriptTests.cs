using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>A driver that lived through many edits writes what a fresh one writes: nothing stale stays in a cache.</summary>
public sealed class IncrementalScriptTests
{
    private static readonly (string Before, string After)[] Replacements =
    [
        ("read:files", "write:files"), ("write:files", "exec:commands"), ("string path", "string[] path"), ("string[] path", "string path"), ("public string Read", "internal string Read"),
        ("internal string Read", "public string Read"), ("Range(1, 10)", "Range(2, 20)"), ("Range(2, 20)", "Range(1, 10)"), ("record Query", "record Enquiry"), ("Query query", "Enquiry query"),
        ("public virtual string Send", "public string Send"), (": Mailbox", ""), ("class MailTools", "partial class MailTools"), ("McpServerPrompt", "McpServerTool"), ("mail:send", "mail:read"),
        ("namespace Server;", "namespace Service;"), ("=> 1", "=> 2"), ("=> 2", "=> 1"), ("WithToolsFromAssembly()", "WithTools<Server.FileTools>()"), ("int id", "long id"), ("\"empty\"", "null!"),
        ("RequiresNoCapability(\"Text only.\")", "RequiresNoCapability(\"\")"), ("public sealed class", "internal class"), ("string", "int"), (";", ""), ("}", "} "), ("Read(", "Search("),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Driver_after_many_edits_equals_a_fresh_driver(int seed)
    {
        // A fixed seed: the run is the same every time.
        var random = new Random(seed);
        // Without step tracking, as editors run it: with it the compiler itself loses entries once files move (any generator shows it).
        var server = new IncrementalEdits(track: false);
        for (var step = 0; step < 25; step++)
        {
            server.Edit(compilation => Change(compilation, random, step));
            var (fresh, kept) = (GeneratorRun.Texts(server.Compilation), GeneratorRun.Texts(server.Driver));
            Assert.Equal(fresh.Keys, kept.Keys);
            Assert.All(fresh, file => Assert.Equal(file.Value, kept[file.Key]));
        }
    }

    private static CSharpCompilation Change(CSharpCompilation compilation, Random random, int step)
    {
        var trees = compilation.SyntaxTrees.Where(t => t.FilePath != "GlobalUsings.cs").ToArray();
        var tree = trees[random.Next(trees.Length)];
        switch (random.Next(10))
        {
            case 0:
                return compilation.Add($"New{step}.cs", $"public class New{step} : Server.Mailbox {{ [McpServerTool, RequiresCapability(\"read:files\")] public string M(int x) => \"\"; }}");
            case 1 when trees.Length > 3:
                return compilation.RemoveSyntaxTrees(tree);
            case 2:
                return compilation.RemoveSyntaxTrees(tree).AddSyntaxTrees(tree);
            case 3:
                return compilation.RemoveSyntaxTrees(tree).Add(tree.FilePath, tree.ToString());
            default:
                var text = tree.ToString();
                var (before, after) = Replacements[random.Next(Replacements.Length)];
                var at = text.IndexOf(before, StringComparison.Ordinal);
                return at < 0 ? compilation : compilation.ReplaceSyntaxTree(tree, GeneratorRun.Parse(tree.FilePath, text[..at] + after + text[(at + before.Length)..]));
        }
    }
}
