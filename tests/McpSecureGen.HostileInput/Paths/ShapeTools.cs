using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Paths
{
    /// <summary>Types in which a path stands less plainly. Each tool answers with the path as the method sees it.</summary>
    [McpServerToolType, McpNamespace("shapes"), RequiresCapability("read:files")]
    internal sealed class ShapeTools
    {
        [McpServerTool(Name = "shape_generic_positional")]
        public static string GenericPositional(GenericPositional<int> value) => value.Path;

        [McpServerTool(Name = "shape_generic_init")]
        public static string GenericInit(GenericInit<string> value) => value.Path;

        [McpServerTool(Name = "shape_generic_get_only")]
        public static string GenericGetOnly(GenericGetOnly<string> value) => value.Path;

        [McpServerTool(Name = "shape_generic_struct")]
        public static string GenericStruct(GenericStruct<int> value) => value.Path;

        [McpServerTool(Name = "shape_generic_confined")]
        public static string GenericConfined(GenericConfined<int> value) => value.Path.ReadAllText();

        [McpServerTool(Name = "shape_generic_argument")]
        public static string GenericArgument(Wrapped<string> value) => value.Path;

        [McpServerTool(Name = "shape_in_generic_class")]
        public static string InGenericClass(Outer<int>.Inner value) => value.Path;

        [McpServerTool(Name = "shape_derived_record")]
        public static string DerivedRecord(DerivedRecord value) => value.Path;

        [McpServerTool(Name = "shape_nullable_struct")]
        public static string NullableStruct(NullableHolder value) => value.Item!.Value.Path;

        [McpServerTool(Name = "shape_nullable_struct_argument")]
        public static string NullableStructArgument(PathStruct? value) => value!.Value.Path;

        [McpServerTool(Name = "shape_nullable_struct_list")]
        public static string NullableStructList(List<PathStruct?> value) => value[0]!.Value.Path;

        [McpServerTool(Name = "shape_number_keys")]
        public static string NumberKeys(Dictionary<int, PathClass> value) => value[1].Path;

        [McpServerTool(Name = "shape_number_keys_confined")]
        public static string NumberKeysConfined([SafePath(Root = "ws")] Dictionary<long, ConfinedPath> value) => value[1].ReadAllText();

        [McpServerTool(Name = "shape_interface")]
        public static string Interface(IPathed value) => value.Path;

        [McpServerTool(Name = "shape_odd_equality_array")]
        public static string OddEqualityArray(OddEquality[] value) => value[0].Path;

        [McpServerTool(Name = "shape_odd_equality_member")]
        public static string OddEqualityMember(OddHolder value) => value.Item.Path;

        [McpServerTool(Name = "shape_odd_equality_dictionary")]
        public static string OddEqualityDictionary(Dictionary<string, OddEquality> value) => value["a"].Path;

        [McpServerTool(Name = "shape_vendor_namespace")]
        public static string VendorNamespace(Microsoft.Contoso.PathRequest value) => value.Path;

        [McpServerTool(Name = "shape_property_target")]
        public static string PropertyTarget(PropertyTarget value) => value.Path;

        [McpServerTool(Name = "shape_private_set")]
        public static string PrivateSet(PrivateSet value) => value.Path;

        [McpServerTool(Name = "shape_required")]
        public static string Required(RequiredMember value) => value.Path;

        [McpServerTool(Name = "shape_overridden")]
        public static string Overridden(OverriddenMember value) => value.Path;

        [McpServerTool(Name = "shape_array_of_arrays")]
        public static string ArrayOfArrays([SafePath(Root = "ws")] string[][] value) => value[0][0];

        [McpServerTool(Name = "shape_mixed_collections")]
        public static string MixedCollections([SafePath(Root = "ws")] List<Dictionary<string, string[]>> value) => value[0]["a"][0];

        [McpServerTool(Name = "shape_packed")]
        public static string Packed([JsonString(typeof(PathClass[]))] string value) =>
            System.Text.Json.JsonSerializer.Deserialize<PathClass[]>(value, System.Text.Json.JsonSerializerOptions.Web)![0].Path;
    }

    /// <summary>Run with options that include every public field.</summary>
    [McpServerToolType, McpNamespace("shapes"), RequiresCapability("read:files")]
    internal sealed class FieldTools
    {
        [McpServerTool(Name = "shape_field")]
        public static string Field(WithFields value) => value.Declared?.Path ?? value.Undeclared?.Path ?? "nothing";
    }

    public sealed class WithFields
    {
        [JsonInclude]
        public PathClass? Declared;

        public PathClass? Undeclared;
    }

    public sealed record GenericPositional<T>([SafePath(Root = "ws")] string Path)
    {
        public T? Extra { get; init; }
    }

    public sealed class GenericInit<T>
        where T : class
    {
        [SafePath(Root = "ws")]
        public required string Path { get; init; }

        public T? Extra { get; init; }
    }

    [method: JsonConstructor]
    public sealed class GenericGetOnly<T>(string path)
    {
        [SafePath(Root = "ws")]
        public string Path { get; } = path;

        public T? Extra { get; init; }
    }

    public readonly record struct GenericStruct<T>([property: SafePath(Root = "ws")] string Path)
    {
        public T? Extra { get; init; }
    }

    public sealed record GenericConfined<T>([SafePath(Root = "ws")] ConfinedPath Path)
    {
        public T? Extra { get; init; }
    }

    public sealed record Wrapped<T>([SafePath(Root = "ws")] T Path);

    public static class Outer<T>
    {
        public sealed record Inner([SafePath(Root = "ws")] string Path)
        {
            public T? Extra { get; init; }
        }
    }

    public record BaseRecord([SafePath(Root = "ws")] string Path);

    public sealed record DerivedRecord(string Path, int Extra = 0) : BaseRecord(Path);

    public readonly record struct PathStruct([SafePath(Root = "ws")] string Path);

    public sealed record NullableHolder(PathStruct? Item);

    public sealed class PathClass
    {
        [SafePath(Root = "ws")]
        public string Path { get; set; } = "a.txt";
    }

    [JsonDerivedType(typeof(Pathed), "p")]
    public interface IPathed
    {
        [SafePath(Root = "ws")]
        string Path { get; }
    }

    public sealed record Pathed(string Path) : IPathed;

    public struct OddEquality : IEquatable<OddEquality>
    {
        [SafePath(Root = "ws")]
        public string Path { get; set; }

        public int Id { get; set; }

        public readonly bool Equals(OddEquality other) => Id == other.Id;

        public override readonly bool Equals(object? obj) => obj is OddEquality other && Equals(other);

        public override readonly int GetHashCode() => Id;
    }

    public sealed class OddHolder
    {
        public OddEquality Item { get; set; }
    }

    public sealed record PropertyTarget([property: SafePath(Root = "ws")] string Path);

    public sealed class PrivateSet
    {
        [SafePath(Root = "ws"), JsonInclude]
        public string Path { get; private set; } = "a.txt";
    }

    public sealed class RequiredMember
    {
        [SafePath(Root = "ws")]
        public required string Path { get; init; }
    }

    public abstract class VirtualMember
    {
        [SafePath(Root = "ws")]
        public abstract string Path { get; init; }
    }

    public sealed class OverriddenMember : VirtualMember
    {
        public override string Path { get; init; } = "a.txt";
    }
}

namespace Microsoft.Contoso
{
    /// <summary>An author's own namespace may begin like the framework's.</summary>
    public sealed record PathRequest([McpSecureGen.SafePath(Root = "ws")] string Path);
}
