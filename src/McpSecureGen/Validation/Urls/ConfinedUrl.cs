using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpSecureGen;

/// <summary>A URL that can only be fetched from the addresses that were checked, as the type of a parameter with <see cref="SafeUrlAttribute"/>.</summary>
[JsonConverter(typeof(ConfinedUrlConverter))]
public sealed class ConfinedUrl
{
    private ConfinedUrl(string text) => Text = text;

    /// <summary>What the client sent, until a rule has checked it.</summary>
    internal string Text { get; }

    /// <summary>A URL that no rule has seen. Every operation on it throws.</summary>
    internal static ConfinedUrl Unchecked(string text) => new(text);
}

/// <summary>Reads a string as a URL that nobody has checked yet; its rule replaces it.</summary>
internal sealed class ConfinedUrlConverter : JsonConverter<ConfinedUrl>
{
    public override ConfinedUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ConfinedUrl.Unchecked(reader.GetString()!) : throw new JsonException("A URL is a string.");

    public override void Write(Utf8JsonWriter writer, ConfinedUrl value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
