using CsCheck;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>Hostile text and broken code: whatever is in the source, the generator answers, and text stays text.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Troublesome =
        ["\"", "\\", "\r\n", "\u2028", "\u0085", "*/", "//", "{0}", "\"\"\"", "\0", "\uD800", "\uDC00", "\u202e", "\U000E0041", "@\"", "$\"{", "\t", "#endif"];

    private static readonly Gen<string> Hostile = Gen.Frequency(
        (3, Gen.String),
        (2, Gen.Char.Array[0, 12].Select(chars => new string(chars))),
        (2, Gen.Int[0, Troublesome.Length - 1].Select(i => Troublesome[i]).Array[1, 8].Select(string.Concat)));

    [Fact]
    public void Any_text_survives_as_a_literal() => Hostile.Sample(
        text =>
        {
            var expression = SyntaxFactory.ParseExpression(Literals.Text(text), options: GeneratorRun.ParseOptions);
            Assert.Empty(expression.GetDiagnostics());
            Assert.DoesNotContain('\u202e', expression.ToString());
            Assert.Equal(text, Assert.IsType<LiteralExpressionSyntax>(expression).Token.Value);
        },
        iter: 20_000);

    [Fact]
    public void Any_text_in_any_place_leaves_the_output_well_formed() => Hostile.Select(Hostile, Hostile).Sample(
        texts =>
        {
            var (a, b, c) = (SymbolDisplay.FormatLiteral(texts.Item1, true), SymbolDisplay.FormatLiteral(texts.Item2, true), SymbolDisplay.FormatLiteral(texts.Item3, true));
            var compilation = GeneratorRun.Compilation($$"""
                [assembly: DefineCapability({{a}}, Description = {{b}}, Implies = [{{c}}])]
                [assembly: DefineRole({{a}}, {{b}}, Namespaces = [{{c}}])]
                public sealed record P([SafePath(Root = {{a}})] [RegularExpression({{b}}, ErrorMessage = {{c}})] [property: System.Text.Json.Serialization.JsonPropertyName({{c}})] string X);
                [McpNamespace({{a}})]
                public sealed class A
                {
                    [McpServerTool(Name = {{a}}), Description({{b}}), RequiresCapability({{c}}, "read:files")]
                    public string M([AllowedValues({{a}}, {{b}})] string x, P p, string y = {{c}}) => "";
                    [McpServerResource(UriTemplate = {{b}}), RequiresNoCapability("x" + {{c}})] public string N() => "";
                }
                """);

            var run = GeneratorRun.Run(compilation);

            Assert.Null(run.Exception);
            Assert.All(run.GeneratedSources, source => Assert.Empty(source.SyntaxTree.GetDiagnostics()));
            var literals = run.GeneratedSources
                .SelectMany(source => source.SyntaxTree.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>())
                .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))
                .Select(literal => literal.Token.Value)
                .ToHashSet();
            Assert.Contains(texts.Item1, literals);
            Assert.Contains(texts.Item2, literals);
            Assert.Contains(texts.Item3, literals);
        },
        iter: 150, threads: 2);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Missing_token_never_breaks_the_generator(int seed)
    {
        // A fixed seed: the run is the same every time.
        var random = new Random(seed);
        foreach (var shape in Shapes.All.Select(row => row.Data))
        {
            var tokens = CSharpSyntaxTree.ParseText(shape.Source, GeneratorRun.ParseOptions).GetRoot().DescendantTokens().ToArray();
            for (var i = 0; i < 4; i++)
            {
                var token = tokens[random.Next(tokens.Length)];
                var broken = shape.Source.Remove(token.SpanStart, token.Span.Length);

                var run = GeneratorRun.Run(GeneratorRun.Compilation(broken));

                Assert.True(run.Exception is null, $"{shape.Name} without '{token}': {run.Exception}");
                Assert.All(run.GeneratedSources, source => Assert.Empty(source.SyntaxTree.GetDiagnostics()));
            }
        }
    }
}
