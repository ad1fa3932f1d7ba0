using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace McpSecureGen.Validation.Json;

#pragma warning disable CA1720 // Each reader is named after the type it reads, as in Utf8JsonReader.GetInt32.

/// <summary>The readers that generated code names, one for each kind of parameter type.</summary>
public static class Readers
{
    private const string WholeNumber = "must be a whole number within the range of its type";
    private const string AnyNumber = "must be a finite number within the range of its type";
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads <see cref="string"/>.</summary>
    public static ValueReader<string> String { get; } = new StringReader();

    /// <summary>Reads <see cref="char"/>.</summary>
    public static ValueReader<char> Char { get; } = new CharReader();

    /// <summary>Reads <see cref="bool"/>.</summary>
    public static ValueReader<bool> Boolean { get; } = new BooleanReader();

    /// <summary>Reads <see cref="byte"/>.</summary>
    public static ValueReader<byte> Byte { get; } = new NumberReader<byte>(WholeNumber, Whole);

    /// <summary>Reads <see cref="sbyte"/>.</summary>
    public static ValueReader<sbyte> SByte { get; } = new NumberReader<sbyte>(WholeNumber, Whole);

    /// <summary>Reads <see cref="short"/>.</summary>
    public static ValueReader<short> Int16 { get; } = new NumberReader<short>(WholeNumber, Whole);

    /// <summary>Reads <see cref="ushort"/>.</summary>
    public static ValueReader<ushort> UInt16 { get; } = new NumberReader<ushort>(WholeNumber, Whole);

    /// <summary>Reads <see cref="int"/>.</summary>
    public static ValueReader<int> Int32 { get; } = new NumberReader<int>(WholeNumber, Whole);

    /// <summary>Reads <see cref="uint"/>.</summary>
    public static ValueReader<uint> UInt32 { get; } = new NumberReader<uint>(WholeNumber, Whole);

    /// <summary>Reads <see cref="long"/>.</summary>
    public static ValueReader<long> Int64 { get; } = new NumberReader<long>(WholeNumber, Whole);

    /// <summary>Reads <see cref="ulong"/>.</summary>
    public static ValueReader<ulong> UInt64 { get; } = new NumberReader<ulong>(WholeNumber, Whole);

    /// <summary>Reads <see cref="float"/>.</summary>
    public static ValueReader<float> Single { get; } = new NumberReader<float>(AnyNumber, Real);

    /// <summary>Reads <see cref="double"/>.</summary>
    public static ValueReader<double> Double { get; } = new NumberReader<double>(AnyNumber, Real);

    /// <summary>Reads <see cref="decimal"/>.</summary>
    public static ValueReader<decimal> Decimal { get; } = new NumberReader<decimal>(AnyNumber, Real);

    /// <summary>Reads a path that its rule will check.</summary>
    public static ValueReader<ConfinedPath> ConfinedPath { get; } = new ConfinedReader<ConfinedPath>(McpSecureGen.ConfinedPath.Unchecked);

    /// <summary>Reads a URL that its rule will check.</summary>
    public static ValueReader<ConfinedUrl> ConfinedUrl { get; } = new ConfinedReader<ConfinedUrl>(McpSecureGen.ConfinedUrl.Unchecked);

    /// <summary>Reads an enum.</summary>
    /// <param name="options">The serializer options of the primitive, which decide how members are spelt.</param>
    public static ValueReader<T> Enum<T>(JsonSerializerOptions options)
        where T : struct, Enum => new EnumReader<T>(options);

    /// <summary>Reads a nullable value type.</summary>
    public static ValueReader<T?> Nullable<T>(ValueReader<T> inner)
        where T : struct => new NullableReader<T>(inner);

    /// <summary>Reads any other type with the serializer, strictly.</summary>
    /// <param name="options">The serializer options of the primitive.</param>
    /// <param name="limits">Depth and size limits.</param>
    /// <param name="enums">A converter for each enum type that occurs in the type's members (<see cref="EnumMembers{T}"/>).</param>
    /// <exception cref="NotSupportedException">The options hold no contract for the type, as under native AOT without a serializer context.</exception>
    public static ValueReader<T> Serialized<T>(JsonSerializerOptions options, LimitOptions limits, params JsonConverter[] enums)
    {
        var strict = enums.Length == 0 ? StrictJson.For(options) : StrictJson.Derive(options, enums);
        return new SerializedReader<T>((JsonTypeInfo<T>)strict.GetTypeInfo(typeof(T)), limits);
    }

    /// <summary>Makes members of type <typeparamref name="T"/> accept what the schema lists and nothing else.</summary>
    public static JsonConverter EnumMembers<T>(JsonSerializerOptions options)
        where T : struct, Enum => new StrictEnumConverter<T>(options);
}
