using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>The limit attributes wherever an author may write them, in projects with their own settings and names.</summary>
public sealed class LimitAttributeTests
{
    /// <summary>Nothing is imported, and every warning is an error.</summary>
    private const string Bare = """
        using System.Threading;
        using McpSecureGen;
        using ModelContextProtocol.Server;

        namespace Sample
        {
            public static class RateLimit { }
            public static class MaxOutput { }

            [RequiresCapability("net:access"), MaxOutput(characters: 4 * 1000), RateLimit(perSeconds: 60, permits: 5)]
            public static partial class Mail
            {
                public const int Short = 3;

                [McpServerTool, Timeout(Short - 0.75), RequiresConfirmation(Question + "?")]
                public static string Send(string to, CancellationToken cancellationToken) => to + Timeout.Infinite;
            }

            public static partial class Mail
            {
                private const string Question = "Send";
            }
        }
        """;

    [Fact]
    public void Given_a_project_without_implicit_usings_and_with_warnings_as_errors_then_it_compiles_beside_types_of_the_same_names()
    {
        var compilation = CSharpCompilation.Create(
            "Sample",
            [GeneratorRun.Parse("Mail.cs", Bare)],
            GeneratorRun.AllReferences,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error,
                specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress)]));
        var driver = GeneratorRun.Driver().RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);

        Assert.Empty(output.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        var wrapper = GeneratorRun.Texts(driver).Single(static file => file.Key.Contains("Mail_Send", StringComparison.Ordinal)).Value;
        Assert.Contains("RateLimitRule(5, global::System.TimeSpan.FromSeconds(60))", wrapper, StringComparison.Ordinal);
        Assert.Contains("Timeout = global::System.TimeSpan.FromSeconds(2.25D)", wrapper, StringComparison.Ordinal);
        Assert.Contains("MaxOutput = 4000,", wrapper, StringComparison.Ordinal);
        Assert.Contains("Confirmation = \"Send?\"", wrapper, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_culture_with_a_comma_and_another_minus_then_numbers_are_written_the_same()
    {
        var (before, culture) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.GetCultureInfo("de-DE").Clone());
        culture.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = culture;
        try
        {
            var text = Wrapper("[RequiresCapability(\"read:files\")] public sealed class T { [McpServerTool, Timeout(0.001), MaxOutput(-5)] public string M() => \"\"; }");

            Assert.Contains("FromSeconds(0.001D)", text, StringComparison.Ordinal);
            Assert.Contains("MaxOutput = -5,", text, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("[Timeout(double.NaN)]")]
    [InlineData("[Timeout(double.PositiveInfinity)]")]
    [InlineData("[Timeout(1e300)]")]
    [InlineData("[Timeout(-0.0)]")]
    public void Given_a_time_that_no_span_can_hold_then_the_output_compiles_and_the_policy_refuses(string attribute) =>
        Assert.Contains("FromSeconds(-1D)", Wrapper($$"""[RequiresCapability("read:files")] public sealed class T { [McpServerTool, {{attribute.Trim('[', ']')}}] public string M() => ""; }"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("[Timeout(1)] public abstract class B { } [RequiresCapability(\"read:files\")] public sealed class T : B { [McpServerTool] public string M() => \"\"; }", 1)]
    [InlineData("[Timeout(1)] public abstract class B<TItem> { [RequiresCapability(\"read:files\"), McpServerTool] public string M(TItem item) => \"\"; } public sealed class T : B<string>;", 1)]
    [InlineData("[Timeout(1)] public abstract class B { [RequiresCapability(\"read:files\"), McpServerTool, Timeout(2)] public virtual string M() => \"\"; } [Timeout(3)] public sealed class T : B { public override string M() => \"\"; }", 2)]
    [InlineData("[Timeout(1)] public abstract class B { } [Timeout(4)] public class T : B { [RequiresCapability(\"read:files\"), McpServerTool] public static string M() => \"\"; }", 4)]
    public void Given_base_classes_then_the_nearest_holds(string source, int seconds) =>
        Assert.Contains($"Timeout = global::System.TimeSpan.FromSeconds({seconds}D)", Wrapper(source), StringComparison.Ordinal);

    [Fact]
    public void Given_a_base_class_in_another_assembly_then_its_attributes_hold()
    {
        var library = GeneratorRun.Compilation("[RateLimit(7, 70), RequiresConfirmation(\"Sure?\")] public abstract class B { }").WithAssemblyName("Library");
        var compilation = GeneratorRun.Compilation("[RequiresCapability(\"read:files\")] public sealed class T : B { [McpServerTool] public string M() => \"\"; }")
            .AddReferences(library.ToMetadataReference());

        var text = GeneratorRun.Texts(compilation).Single(static file => file.Key.Contains("T_M", StringComparison.Ordinal)).Value;

        Assert.Contains("RateLimitRule(7,", text, StringComparison.Ordinal);
        Assert.Contains("Confirmation = \"Sure?\"", text, StringComparison.Ordinal);
    }

    private static string Wrapper(string source)
    {
        var compilation = GeneratorRun.Compilation(source);
        GeneratorRun.Complete(compilation);
        return GeneratorRun.Texts(compilation).Single(static file => file.Key.Contains("T_M", StringComparison.Ordinal)).Value;
    }
}
