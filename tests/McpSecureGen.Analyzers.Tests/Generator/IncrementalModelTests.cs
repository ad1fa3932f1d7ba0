using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>The two laws of a model (immutable values, equal when they say the same), and that output depends on models alone.</summary>
public sealed class IncrementalModelTests
{
    [Fact]
    public void No_step_of_ours_lets_a_compiler_object_out()
    {
        var server = new IncrementalEdits();

        foreach (var step in IncrementalEdits.ModelSteps)
        {
            var outputs = server.Result.TrackedSteps[step].SelectMany(run => run.Outputs).ToArray();
            Assert.NotEmpty(outputs);
            Assert.All(outputs, output => Assert.Null(ObjectGraph.FindForbidden(output.Value)));
        }
    }

    [Fact]
    public void Walker_finds_what_is_planted()
    {
        var compilation = GeneratorRun.Compilation("class A { }");
        var tree = compilation.SyntaxTrees[1];
        var symbol = compilation.Assembly.GetTypeByMetadataName("A")!;
        object[] planted = [compilation, tree, tree.GetRoot(), symbol, tree.GetRoot().GetLocation(), Diagnostic.Create("X", "Y", "Z", DiagnosticSeverity.Info, DiagnosticSeverity.Info, true, 1), tree.GetText()];

        Assert.All(planted, forbidden =>
        {
            Assert.NotNull(ObjectGraph.FindForbidden(new Planted("a", forbidden)));
            Assert.NotNull(ObjectGraph.FindForbidden((1, ImmutableArray.Create(new Planted("b", new List<object> { "x", forbidden })))));
        });
        Assert.Null(ObjectGraph.FindForbidden(new Planted("a", new EquatableArray<string>(["x"]))));
    }

    [Fact]
    public void Same_source_compiled_twice_gives_equal_models_of_equal_hash()
    {
        var (first, second) = (new IncrementalEdits(), new IncrementalEdits());

        foreach (var step in IncrementalEdits.ModelSteps)
        {
            var left = Values(first, step);
            var right = Values(second, step);
            Assert.Equal(left.Length, right.Length);
            for (var i = 0; i < left.Length; i++)
            {
                if (!left[i].GetType().IsValueType)
                {
                    Assert.NotSame(left[i], right[i]);
                }

                Assert.Equal(left[i], right[i]);
                Assert.Equal(left[i].GetHashCode(), right[i].GetHashCode());
            }
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void Output_is_the_same_in_every_culture(string culture)
    {
        var source = GeneratorRun.Compilation(Shapes.All.Select(s => s.Data).Single(s => s.Name == "defaults").Source)
            .Add("More.cs", "public class IKInfo { [McpServerTool, RequiresCapability(\"read:files\")] public string IInfo(Info İnfo, double x = 1.5, [Range(-1.5, 2.5)] double y = -0.25) => \"\"; } public record Info(string Iı);");
        var expected = GeneratorRun.Texts(source);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal(expected, GeneratorRun.Texts(source));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Output_has_one_kind_of_line_end_and_does_not_depend_on_that_of_the_source()
    {
        var unix = IncrementalEdits.Server();
        var windows = unix.SyntaxTrees.Where(t => t.FilePath != IncrementalEdits.Host).Aggregate(unix, (c, t) =>
            c.ReplaceSyntaxTree(t, GeneratorRun.Parse(t.FilePath, t.ToString().Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal))));

        var texts = GeneratorRun.Texts(unix);
        Assert.Equal(texts, GeneratorRun.Texts(windows));
        Assert.Equal(texts, GeneratorRun.Texts(IncrementalEdits.Server()));
        Assert.All(texts.Values, text => Assert.DoesNotContain('\r', text));
    }

    [Fact]
    public void Output_does_not_depend_on_the_order_of_files()
    {
        var server = IncrementalEdits.Server();
        var reversed = CSharpCompilation.Create("Sample", server.SyntaxTrees.Reverse(), server.References, server.Options);

        Assert.Equal(GeneratorRun.Texts(server), GeneratorRun.Texts(reversed));
    }

    [Fact]
    public void Old_compilation_is_released_after_two_edits()
    {
        var server = new IncrementalEdits();
        var old = Forget(server);
        server.Edit(IncrementalEdits.Other, "=> 2", "=> 3").Edit(IncrementalEdits.Other, "=> 3", "=> 4");

        for (var i = 0; i < 5 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(old.IsAlive);
        GC.KeepAlive(server);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget(IncrementalEdits server)
    {
        server.Edit(IncrementalEdits.Other, "=> 1", "=> 2");
        return new WeakReference(server.Compilation);
    }

    private static object[] Values(IncrementalEdits server, string step) =>
        [.. server.Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Value)];

    private sealed record Planted(string Text, object Value);
}
