using System.Text.Json.Serialization;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

public enum Colour
{
    Red,
    Green,
    Blue,
}

[Flags]
public enum Permissions
{
    None = 0,
    Read = 1,
    Write = 2,
    All = 3,
}

[JsonConverter(typeof(JsonStringEnumConverter<Spelt>))]
public enum Spelt
{
    [JsonStringEnumMemberName("first-one")]
    First,

    [JsonStringEnumMemberName("2nd")]
    Second,
}

public enum Wide : ulong
{
    Low = 0,
    High = ulong.MaxValue,
}

/// <summary>Enums in every place an enum can stand.</summary>
[RequiresCapability("read:files")]
internal static class EnumTools
{
    [McpServerTool, Sample("""{"value":"Green"}""")]
    [Refused("""{"value":"green"}""", "value", "Enum"), Refused("""{"value":99}""", "value", "Enum"), Refused("""{"value":"99"}""", "value", "Enum")]
    [Refused("""{"value":1}""", "value", "Enum"), Refused("""{"value":"1"}""", "value", "Enum"), Refused("""{"value":"Red, Blue"}""", "value", "Enum")]
    [Refused("""{"value":" Red"}""", "value", "Enum"), Refused("""{"value":null}""", "value", "NotNull")]
    public static string OneOf(Colour value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":"Blue"}"""), Refused("""{"value":"blue"}""", "value", "Enum")]
    public static string MaybeOneOf(Colour? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"Read"}"""), Sample("""{"value":"All"}"""), Refused("""{"value":8}""", "value", "Enum"), Refused("""{"value":"read"}""", "value", "Enum")]
    public static string FlagsOf(Permissions value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"first-one"}"""), Sample("""{"value":"2nd"}""")]
    [Refused("""{"value":"First"}""", "value", "Enum"), Refused("""{"value":0}""", "value", "Enum")]
    public static string SpeltOf(Spelt value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"High"}"""), Refused("""{"value":18446744073709551615}""", "value", "Enum")]
    public static string WideOf(Wide value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"values":["Red","Blue"]}"""), Sample("""{"values":[]}""")]
    [Refused("""{"values":["Red","blue"]}""", "values", "Type"), Refused("""{"values":[1]}""", "values", "Type")]
    public static string Several(Colour[] values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":{"a":"Red"}}"""), Refused("""{"values":{"a":7}}""", "values", "Type")]
    public static string ByName(Dictionary<string, Colour> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"value":{"colour":"Red","maybe":null,"spelt":"2nd"}}""")]
    [Refused("""{"value":{"colour":"red","maybe":null,"spelt":"2nd"}}""", "value", "Type")]
    [Refused("""{"value":{"colour":"Red","maybe":5,"spelt":"2nd"}}""", "value", "Type")]
    [Refused("""{"value":{"colour":"Red","maybe":null,"spelt":"Second"}}""", "value", "Type")]
    public static string Inside(Painted value) => Effect.Of([value]);
}

public sealed record Painted(Colour Colour, Colour? Maybe, Spelt Spelt);
