using System.Text.Json.Serialization;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

public sealed record Item(string Name, int Size, string? Note = null);

public readonly record struct Point(double X, double Y);

public struct Plain
{
    public int A { get; set; }

    public string? B { get; set; }
}

public sealed class Settings
{
    public required string Name { get; init; }

    public int Level { get; init; } = 3;

    public List<string> Tags { get; init; } = [];
}

public sealed class Mutable
{
    public string? Name { get; set; }

    [JsonPropertyName("other_name")]
    public int Number { get; set; }

    [JsonIgnore]
    public string Secret { get; set; } = "default";

    public string Computed => Name + Number;
}

public sealed record Order(Item First, Item? Second, IReadOnlyList<Item> Rest, Dictionary<string, Point> Places);

public sealed record Tree(string Name, List<Tree>? Children = null);

[JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Square), "square")]
public record Shape(string Label);

public sealed record Circle(string Label, double Radius) : Shape(Label);

public sealed record Square(string Label, double Side) : Shape(Label);

[JsonDerivedType(typeof(Dog), "dog")]
public abstract class Animal
{
    public required string Name { get; init; }
}

public sealed class Dog : Animal
{
    public int Legs { get; init; }
}

public sealed record Pair<T>(T Left, T Right);

/// <summary>Complex parameters.</summary>
[RequiresCapability("read:files")]
internal static class ObjectTools
{
    [McpServerTool, Sample("""{"value":{"name":"n","size":1}}"""), Sample("""{"value":{"name":"n","size":1,"note":null}}""")]
    [Refused("""{"value":{"name":"n","size":1,"extra":true}}""", "value", "Type"), Refused("""{"value":{"name":"n","name":"m","size":1}}""", "value", "Duplicate")]
    [Refused("""{"value":{"name":null,"size":1}}""", "value", "Type"), Refused("""{"value":{"Name":"n","size":1}}""", "value", "Type")]
    [Refused("""{"value":{"name":"n"}}""", "value", "Type"), Refused("""{"value":{"name":"n","size":"1"}}""", "value", "Type")]
    [Refused("""{"value":"{}"}""", "value", "Type"), Refused("""{"value":[]}""", "value", "Type")]
    public static string One(Item value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":{"name":"n","size":1}}""")]
    public static string MaybeOne(Item? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"x":1,"y":2.5}}""")]
    [Refused("""{"value":{"x":1e400,"y":2}}""", "value", "Finite"), Refused("""{"value":{"x":1,"z":1}}""", "value", "Type"), Refused("""{"value":{"x":"NaN","y":1}}""", "value", "Type")]
    public static string Place(Point value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":{"x":1,"y":2}}""")]
    public static string MaybePlace(Point? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"a":1}}"""), Sample("""{"value":{"a":1,"b":"x"}}"""), Refused("""{"value":{"c":1}}""", "value", "Type")]
    public static string PlainStruct(Plain value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"name":"n"}}"""), Sample("""{"value":{"name":"n","level":9,"tags":["a"]}}""")]
    [Refused("""{"value":{"level":9}}""", "value", "Type"), Refused("""{"value":{"name":"n","tags":null}}""", "value", "Type")]
    [Refused("""{"value":{"name":"n","tags":[null]}}""", "value.tags[0]", "NotNull")]
    public static string Init(Settings value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"name":null,"other_name":4}}"""), Sample("""{"value":{}}""")]
    [Refused("""{"value":{"number":4}}""", "value", "Type"), Refused("""{"value":{"secret":"x"}}""", "value", "Type")]
    [Refused("""{"value":{"computed":"x"}}""", "value", "Type")]
    public static string Setters(Mutable value) => Effect.Of([value, value.Secret]);

    [McpServerTool, Sample("""{"value":{"first":{"name":"a","size":1},"second":null,"rest":[{"name":"b","size":2}],"places":{"p":{"x":1,"y":2}}}}""")]
    [Refused("""{"value":{"first":{"name":"a","size":1},"second":null,"rest":[{"name":"b","size":2,"zz":1}],"places":{}}}""", "value", "Type")]
    [Refused("""{"value":{"first":{"name":"a","size":1},"second":null,"rest":[null],"places":{}}}""", "value.rest[0]", "NotNull")]
    [Refused("""{"value":{"first":null,"second":null,"rest":[],"places":{}}}""", "value", "Type")]
    [Refused("""{"value":{"first":{"name":"a","size":1},"second":null,"rest":[],"places":{"p":{"x":1,"y":2,"y":3}}}}""", "value", "Duplicate")]
    public static string Deep(Order value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"name":"a","children":[{"name":"b","children":[]}]}}"""), Refused("""{"value":{"name":"a","children":[{"name":null}]}}""", "value", "Type")]
    public static string Recursive(Tree value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"$type":"circle","label":"c","radius":2}}"""), Sample("""{"value":{"$type":"square","label":"s","side":2}}"""), Sample("""{"value":{"label":"plain"}}""")]
    [Refused("""{"value":{"$type":"triangle","label":"s"}}""", "value", "Type"), Refused("""{"value":{"$type":"circle","label":"s","side":2}}""", "value", "Type")]
    [Refused("""{"value":{"$type":"circle","label":null,"radius":2}}""", "value", "Type")]
    public static string Polymorphic(Shape value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"$type":"dog","name":"d","legs":4}}"""), Refused("""{"value":{"name":"d"}}""", "value", "Type")]
    [Refused("""{"value":{"$type":"dog","name":"d","legs":"4"}}""", "value", "Type"), Refused("""{"value":{"$type":"cat","name":"d"}}""", "value", "Type")]
    public static string AbstractPolymorphic(Animal value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"left":1,"right":2}}"""), Refused("""{"value":{"left":1,"right":"2"}}""", "value", "Type")]
    public static string GenericRecord(Pair<int> value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"a":{"name":"n","size":1},"b":{"x":1,"y":2},"c":[{"name":"m","size":2}],"d":"t"}""")]
    public static string Many(Item a, Point b, Item[] c, string d) => Effect.Of([a, b, c, d]);
}
