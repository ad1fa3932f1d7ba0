using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>Text that holds JSON of a type: what cannot be read and checked leaves the tool without a wrapper, and the guard refuses it.</summary>
public sealed class JsonStringTests
{
    [Theory]
    [InlineData("[JsonString(typeof(string[]))] string value", true)]
    [InlineData("[JsonString(typeof(List<Item>)), MaxLength(3)] string? value = null", true)]
    [InlineData("[JsonString(typeof(int?))] string value", true)]
    [InlineData("[JsonString(typeof(Item))] List<string> value", true)]
    [InlineData("[JsonString(typeof(Dictionary<string, Item>))] Dictionary<string, string> value", true)]
    [InlineData("[Sensitive, JsonString(typeof(Item))] string value", true)]
    [InlineData("Holder value", true)]
    [InlineData("Equal value", true)]
    [InlineData("[JsonString(typeof(Hidden))] string value", false)]
    [InlineData("[JsonString(typeof(IDisposable))] string value", false)]
    [InlineData("[JsonString(typeof(int[,]))] string value", false)]
    [InlineData("[JsonString(typeof(List<>))] string value", false)]
    [InlineData("[JsonString(typeof(Span<int>))] string value", false)]
    [InlineData("[JsonString(typeof(IServiceProvider))] string value", false)]
    [InlineData("[JsonString(typeof(Item))] int value", false)]
    [InlineData("[JsonString(null!)] string value", false)]
    [InlineData("Unequal value", false)]
    public void Given_a_declaration_then_there_is_a_wrapper_that_compiles_or_none(string parameter, bool isWrapped)
    {
        var compilation = GeneratorRun.Compilation($$"""
            public sealed record Item([Range(1, 5)] int Count, [property: Sensitive] string? Secret = null);
            public sealed class Holder { [JsonString(typeof(Item)), Required] public string? Text { get; init; } }
            public sealed class Equal { public string? A { get; set; } [Compare("A")] public string? B { get; set; } }
            public sealed class Unequal { private string? A { get; set; } [Compare("A")] public string? B { get; set; } }

            [RequiresCapability("read:files")]
            public static class Tools
            {
                private sealed class Hidden;

                [McpServerTool] public static string Take({{parameter}}) => "";
            }
            """);

        var driver = GeneratorRun.Driver().RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);

        Assert.Equal(isWrapped, driver.GetRunResult().Results[0].GeneratedSources.Any(static source => source.HintName.Contains("Take", StringComparison.Ordinal)));
        if (isWrapped)
        {
            Assert.Empty(updated.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        }
    }
}
