using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpSecureGen;

/// <summary>A path beneath a configured root, as the type of a parameter with <see cref="SafePathAttribute"/>.</summary>
[JsonConverter(typeof(ConfinedPathConverter))]
public sealed class ConfinedPath
{
    private ConfinedPath(string text) => Text = text;

    /// <summary>What the client sent, until a rule has checked it.</summary>
    internal string Text { get; }

    /// <summary>A path that no rule has seen. Every operation on it throws.</summary>
    internal static ConfinedPath Unchecked(string text) => new(text);
}

/// <summary>Reads a string as a path that nobody has checked yet; its rule replaces it.</summary>
internal sealed class ConfinedPathConverter : JsonConverter<ConfinedPath>
{
    public override ConfinedPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ConfinedPath.Unchecked(reader.GetString()!) : throw new JsonException("A path is a string.");

    public override void Write(Utf8JsonWriter writer, ConfinedPath value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
