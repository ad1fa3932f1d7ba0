using System.ComponentModel;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>A default value of every kind: it counts when the argument is left out, and only then.</summary>
[RequiresCapability("read:files")]
internal static class DefaultTools
{
    private const string Word = "a \"quoted\"\\ \n line \u2028 end";

    [McpServerTool, Sample("{}"), Sample("""{"value":"x"}"""), Refused("""{"value":null}""", "value", "NotNull")]
    public static string DefaultText(string value = Word) => Effect.Of([value]);

    [McpServerTool, Sample("{}"), Sample("""{"value":null}"""), Sample("""{"value":"x"}""")]
    public static string DefaultNull(string? value = null) => Effect.Of([value]);

    [McpServerTool, Sample("{}"), Sample("""{"value":1}"""), Refused("""{"value":null}""", "value", "NotNull")]
    public static string DefaultInt(int value = int.MinValue) => Effect.Of([value]);

    [McpServerTool, Sample("{}"), Sample("""{"a":1,"b":2,"c":3}""")]
    public static string DefaultNumbers(
        long a = long.MaxValue, ulong b = ulong.MaxValue, decimal c = 1.10m, double d = 0.1, float e = 1e-5f, byte f = 7, short g = -3, uint h = 4_000_000_000) =>
        Effect.Of([a, b, c, d, e, f, g, h]);

    [McpServerTool, Sample("{}"), Sample("""{"a":false,"b":"z"}""")]
    public static string DefaultFlagAndChar(bool a = true, char b = '\'') => Effect.Of([a, b]);

    [McpServerTool, Sample("{}"), Sample("""{"a":"Red","b":null}""")]
    public static string DefaultEnums(Colour a = Colour.Green, Colour? b = Colour.Blue, Colour? c = null, Permissions d = Permissions.Read | Permissions.Write) =>
        Effect.Of([a, b, c, d]);

    [McpServerTool, Sample("{}"), Sample("""{"a":null,"b":5}""")]
    public static string DefaultNullables(int? a = 5, int? b = null, bool? c = true, decimal? d = 2.5m) => Effect.Of([a, b, c, d]);

    [McpServerTool, Sample("{}"), Sample("""{"b":"2026-01-02T00:00:00Z"}""")]
    public static string DefaultStructs(Guid a = default, DateTime b = default, TimeSpan c = default, CancellationToken d = default) => Effect.Of([a, b, c, d.CanBeCanceled]);

    [McpServerTool, Sample("{}"), Sample("""{"a":["x"],"b":{"name":"n","size":1}}""")]
    public static string DefaultReferences(string[]? a = null, Item? b = null, Dictionary<string, int>? c = null) => Effect.Of([a, b, c]);

    [McpServerTool, Sample("{}"), Sample("""{"value":3}""")]
    public static string AttributedDefault([DefaultValue(42)] int value = 42) => Effect.Of([value]);

    [McpServerTool, Sample("""{"a":"x"}"""), Sample("""{"a":"x","b":"y","c":3}"""), Refused("""{"b":"y"}""", "a", "Required")]
    public static string Mixed(string a, string b = "b", int c = 3) => Effect.Of([a, b, c]);
}
