using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpSecureGen.HostileInput.Json.Support;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Json;

#pragma warning disable MCPSEC2001 // Strings without a bound of their own are among what is tested.

public enum Hue
{
    Red,
    Green,
    Blue,
}

public sealed record Part([StringLength(8, MinimumLength = 1)] string Name, [Range(1, 100)] int Count = 1, [MaxLength(3)] List<string>? Tags = null);

public sealed class Crate
{
    [Required, Length(2, 6)]
    public string? Label { get; set; }

    [Range(0.5, 9.5, MinimumIsExclusive = true)]
    public double Weight { get; set; } = 1;

    [Length(1, 2)]
    public List<Part> Parts { get; init; } = [new("p")];

    public Dictionary<string, int> Stock { get; init; } = [];

    public Hue? Hue { get; set; }

    [AllowedValues("a", "b", null)]
    public string? Grade { get; set; }
}

public sealed record Branch(string Name, List<Branch>? Branches = null);

[JsonDerivedType(typeof(Box), "box"), JsonDerivedType(typeof(Ball), "ball")]
public abstract record Thing([property: MaxLength(5)] string Name);

public sealed record Box(string Name, [property: Range(1, 9)] int Edge) : Thing(Name);

public sealed record Ball(string Name, double Radius) : Thing(Name);

public sealed class Loose
{
    public int Known { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

/// <summary>Each annotation and each kind of type, for the schema and the validator to agree about.</summary>
[RequiresCapability("read:files")]
internal static class AgreementTools
{
    [McpServerTool] public static string AnInt([Range(-3, 7)] int value) => Ran.Note(value);

    [McpServerTool] public static string ALong([Range(0, 5)] long value) => Ran.Note(value);

    [McpServerTool] public static string AByte(byte value) => Ran.Note(value);

    [McpServerTool] public static string AShort([Range(1, 3, MaximumIsExclusive = true)] short? value = null) => Ran.Note(value);

    [McpServerTool] public static string AReal([Range(1, 5)] double value) => Ran.Note(value);

    [McpServerTool] public static string ABoundedReal([Range(-0.5, 0.5, MinimumIsExclusive = true)] double value) => Ran.Note(value);

    [McpServerTool] public static string ADecimal([Range(0, 10)] decimal value) => Ran.Note(value);

    [McpServerTool] public static string ATypedDecimal([Range(typeof(decimal), "1", "2.5")] decimal value) => Ran.Note(value);

    [McpServerTool] public static string AFlag(bool? value) => Ran.Note(value);

    [McpServerTool] public static string Sized([StringLength(4, MinimumLength = 2)] string value) => Ran.Note(value);

    [McpServerTool] public static string Short([MaxLength(3)] string? value = null) => Ran.Note(value);

    [McpServerTool] public static string LongEnough([MinLength(3)] string value) => Ran.Note(value);

    [McpServerTool] public static string Between([Length(1, 3)] string value) => Ran.Note(value);

    [McpServerTool] public static string Unbounded(string value) => Ran.Note(value);

    [McpServerTool] public static string Pattern([RegularExpression("^[a-c]{1,3}$")] string value) => Ran.Note(value);

    [McpServerTool] public static string Choice([AllowedValues("one", "two")] string value) => Ran.Note(value);

    [McpServerTool] public static string NumberChoice([AllowedValues(1, 2)] int value) => Ran.Note(value);

    [McpServerTool] public static string Denied([DeniedValues("root", "admin")] string value) => Ran.Note(value);

    [McpServerTool] public static string AnEnum(Hue value) => Ran.Note(value);

    [McpServerTool] public static string Enums(Hue[] value) => Ran.Note(value);

    [McpServerTool] public static string Mail([EmailAddress] string value) => Ran.Note(value);

    [McpServerTool] public static string Link([Url] string value) => Ran.Note(value);

    [McpServerTool] public static string Encoded([Base64String] string value) => Ran.Note(value);

    [McpServerTool] public static string Needed([Required] string value) => Ran.Note(value);

    [McpServerTool] public static string Texts([MinLength(1), MaxLength(3)] string[] value) => Ran.Note(value);

    [McpServerTool] public static string Numbers(List<int> value) => Ran.Note(value);

    [McpServerTool] public static string Table([Length(1, 2)] Dictionary<string, int> value) => Ran.Note(value);

    [McpServerTool] public static string OpenTable(Dictionary<string, string> value) => Ran.Note(value);

    [McpServerTool] public static string Bytes(byte[] value) => Ran.Note(value);

    [McpServerTool] public static string OnePart(Part value) => Ran.Note(value);

    [McpServerTool] public static string MaybePart(Part? value = null) => Ran.Note(value);

    [McpServerTool] public static string Parts(Part[] value) => Ran.Note(value);

    [McpServerTool] public static string ACrate(Crate value) => Ran.Note(value);

    [McpServerTool] public static string ATree(Branch value) => Ran.Note(value);

    [McpServerTool] public static string AThing(Thing value) => Ran.Note(value);

    [McpServerTool] public static string Things(List<Thing> value) => Ran.Note(value);

    [McpServerTool] public static string Open(Loose value) => Ran.Note(value);

    [McpServerTool] public static string Json(JsonElement value) => Ran.Note(value);

    [McpServerTool] public static string Id(Guid value) => Ran.Note(value);

    [McpServerTool] public static string Day(DateOnly? value) => Ran.Note(value);

    [McpServerTool] public static string Plain([SafeText(MaxLength = 12)] string value) => Ran.Note(value);

    [McpServerTool] public static string Packed([JsonString(typeof(Part[]), MaxLength = 200), MaxLength(2)] string value) => Ran.Note(value);

    [McpServerTool] public static string Several(int first, string? second = null, [Range(1, 2)] int third = 1) => Ran.Note(second);
}
