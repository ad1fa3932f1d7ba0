using System.ComponentModel;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>One parameter of each scalar type.</summary>
[RequiresCapability("read:files")]
internal static class ScalarTools
{
    [McpServerTool(Title = "A title", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false), Description("Text in, text out.")]
    [Sample("""{"value":"hi"}"""), Sample("""{"value":""}"""), Sample("""{"value":"ünï 🙂 \"q\" \u0041"}""")]
    [Refused("""{"value":5}""", "value", "Type"), Refused("""{"value":null}""", "value", "NotNull")]
    [Refused("""{"value":["a"]}""", "value", "Type"), Refused("""{}""", "value", "Required"), Refused("""{"VALUE":"a"}""", "value", "Required")]
    public static string Text([Description("Some text.")] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":"a"}""")]
    [Refused("""{}""", "value", "Required"), Refused("""{"value":1}""", "value", "Type")]
    public static string NullableText(string? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":true}"""), Sample("""{"value":false}""")]
    [Refused("""{"value":"true"}""", "value", "Type"), Refused("""{"value":1}""", "value", "Type")]
    public static string Flag(bool value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":255}"""), Refused("""{"value":256}""", "value", "Type"), Refused("""{"value":-1}""", "value", "Type")]
    public static string OneByte(byte value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":-128}"""), Refused("""{"value":128}""", "value", "Type")]
    public static string OneSByte(sbyte value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":-32768}"""), Refused("""{"value":32768}""", "value", "Type")]
    public static string Short(short value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":65535}"""), Refused("""{"value":65536}""", "value", "Type")]
    public static string UShort(ushort value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":-2147483648}"""), Sample("""{"value":2147483647}""")]
    [Refused("""{"value":"5"}""", "value", "Type"), Refused("""{"value":5.5}""", "value", "Type"), Refused("""{"value":2147483648}""", "value", "Type")]
    [Refused("""{"value":1e400}""", "value", "Type"), Refused("""{"value":"NaN"}""", "value", "Type"), Refused("""{"value":null}""", "value", "NotNull")]
    [Refused("""{"value":true}""", "value", "Type"), Refused("""{"value":1e1}""", "value", "Type"), Refused("""{"value":5.0}""", "value", "Type")]
    public static string Number(int value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":4294967295}"""), Refused("""{"value":-1}""", "value", "Type")]
    public static string Unsigned(uint value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":9223372036854775807}"""), Refused("""{"value":9223372036854775808}""", "value", "Type")]
    public static string Long(long value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":18446744073709551615}"""), Refused("""{"value":18446744073709551616}""", "value", "Type")]
    public static string ULong(ulong value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":1.5}"""), Sample("""{"value":1}""")]
    [Refused("""{"value":1e400}""", "value", "Type"), Refused("""{"value":"NaN"}""", "value", "Type"), Refused("""{"value":"Infinity"}""", "value", "Type")]
    [Refused("""{"value":-1e999}""", "value", "Type"), Refused("""{"value":"1.5"}""", "value", "Type")]
    public static string Real(double value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":1.5}"""), Refused("""{"value":1e39}""", "value", "Type"), Refused("""{"value":"NaN"}""", "value", "Type")]
    public static string SmallReal(float value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":79228162514264337593543950335}"""), Sample("""{"value":1.10}"""), Sample("""{"value":1e3}""")]
    [Refused("""{"value":79228162514264337593543950336}""", "value", "Type"), Refused("""{"value":"1"}""", "value", "Type")]
    public static string Money(decimal value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"x"}"""), Refused("""{"value":"xy"}""", "value", "Type"), Refused("""{"value":""}""", "value", "Type")]
    [Refused("""{"value":120}""", "value", "Type")]
    public static string Character(char value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f"}""")]
    [Refused("""{"value":"5f0c6a4e"}""", "value", "Type"), Refused("""{"value":"{5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f}"}""", "value", "Type")]
    public static string Identifier(Guid value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"2026-01-02T03:04:05Z"}"""), Refused("""{"value":"02/01/2026"}""", "value", "Type")]
    public static string Moment(DateTime value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"2026-01-02T03:04:05+02:00"}"""), Refused("""{"value":"yesterday"}""", "value", "Type")]
    public static string Instant(DateTimeOffset value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"2026-01-02"}"""), Refused("""{"value":"2026-02-30"}""", "value", "Type")]
    public static string Day(DateOnly value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"03:04:05"}"""), Refused("""{"value":"25:00:00"}""", "value", "Type")]
    public static string Clock(TimeOnly value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"1.02:03:04"}"""), Refused("""{"value":"soon"}""", "value", "Type"), Refused("""{"value":5}""", "value", "Type")]
    public static string Duration(TimeSpan value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"https://example.org/a?b=c"}"""), Refused("""{"value":5}""", "value", "Type")]
    public static string Address(Uri value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"1.2.3"}"""), Refused("""{"value":"one"}""", "value", "Type")]
    public static string Release(Version value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"AQID"}"""), Refused("""{"value":"A"}""", "value", "Type"), Refused("""{"value":[1,2,3]}""", "value", "Type")]
    public static string Bytes(byte[] value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":7}"""), Refused("""{"value":"7"}""", "value", "Type"), Refused("""{}""", "value", "Required")]
    public static string MaybeNumber(int? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":"5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f"}"""), Refused("""{"value":""}""", "value", "Type")]
    public static string MaybeIdentifier(Guid? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":false}"""), Refused("""{"value":"false"}""", "value", "Type")]
    public static string MaybeFlag(bool? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":0.5}"""), Refused("""{"value":1e400}""", "value", "Type")]
    public static string MaybeReal(double? value) => Effect.Of([value]);
}
