using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace McpSecureGen.Validation.Json;

/// <summary>
/// Reads an enum in exactly the spellings the serializer itself writes, which are those the schema lists. Undefined numbers, other cases and
/// numbers for names are refused.
/// </summary>
internal sealed class EnumReader<T> : ValueReader<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _names;
    private readonly FrozenDictionary<string, T> _numbers;
    private readonly JsonTypeInfo<T> _typeInfo;
    private readonly ulong _definedFlags;
    private readonly bool _isFlags = typeof(T).IsDefined(typeof(FlagsAttribute), inherit: false);
    private readonly string[] _allowed;

    internal EnumReader(JsonSerializerOptions options)
    {
        _typeInfo = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var names = new Dictionary<string, T>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var value in Enum.GetValues<T>())
        {
            var json = JsonSerializer.SerializeToElement(value, _typeInfo);
            if (json.ValueKind == JsonValueKind.String)
            {
                names.TryAdd(json.GetString()!, value);
            }
            else
            {
                numbers.TryAdd(json.GetRawText(), value);
            }

            _definedFlags |= Bits(value);
        }

        _names = names.ToFrozenDictionary(StringComparer.Ordinal);
        _numbers = numbers.ToFrozenDictionary(StringComparer.Ordinal);
        _allowed = [.. names.Keys];
    }

    public override IReadOnlyList<string>? AllowedValues => _allowed.Length == 0 ? null : _allowed;

    public override bool TryRead(JsonElement json, out T value, out RuleViolation violation)
    {
        violation = default;
        switch (json.ValueKind)
        {
            case JsonValueKind.String when Readers.String.TryRead(json, out var text, out _) && _names.TryGetValue(text, out value):
            case JsonValueKind.Number when _numbers.TryGetValue(json.GetRawText(), out value):
                return true;
            case JsonValueKind.String or JsonValueKind.Number when _isFlags && TryReadCombination(json, out value):
                return true;
            default:
                value = default;
                violation = Refusal();
                return false;
        }
    }

    public override bool TryReadText(string text, out T value, out RuleViolation violation)
    {
        violation = default;
        if (_names.TryGetValue(text, out value) || _numbers.TryGetValue(text, out value))
        {
            return true;
        }

        violation = Refusal();
        return false;
    }

    /// <summary>A combination of flags is accepted when every bit is one of a declared member and the text is the serializer's own.</summary>
    private bool TryReadCombination(JsonElement json, out T value)
    {
        try
        {
            value = json.Deserialize(_typeInfo);
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }

        return (Bits(value) & ~_definedFlags) == 0 &&
            JsonElement.DeepEquals(JsonSerializer.SerializeToElement(value, _typeInfo), json);
    }

    private static ulong Bits(T value) =>
        Convert.GetTypeCode(value) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64
            ? unchecked((ulong)Convert.ToInt64(value, null))
            : Convert.ToUInt64(value, null);

    private RuleViolation Refusal() => new(
        "Enum",
        _names.Count is > 0 and <= 32 ? "must be one of: " + string.Join(", ", _allowed) : "must be one of the values the schema lists");
}

/// <summary><see cref="EnumReader{T}"/> for members of objects, where the serializer does the reading.</summary>
internal sealed class StrictEnumConverter<T>(JsonSerializerOptions plain) : JsonConverter<T>
    where T : struct, Enum
{
    private readonly EnumReader<T> _reader = new(plain);
    private readonly JsonTypeInfo<T> _plain = (JsonTypeInfo<T>)plain.GetTypeInfo(typeof(T));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        return _reader.TryRead(element, out var value, out var violation) ? value : throw new JsonException(violation.Message);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, _plain);

    /// <summary>A key of a dictionary; the serializer's own reading takes any case and any number.</summary>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        _reader.TryReadText(reader.GetString()!, out var value, out var violation) ? value : throw new JsonException(violation.Message);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var json = JsonSerializer.SerializeToElement(value, _plain);
        writer.WritePropertyName(json.ValueKind == JsonValueKind.String ? json.GetString()! : json.GetRawText());
    }
}
