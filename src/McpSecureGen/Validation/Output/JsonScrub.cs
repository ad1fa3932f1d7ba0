using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpSecureGen.Validation.Output;

/// <summary>Cleans JSON by what it says: member names and strings alike, with their escapes undone. Numbers keep their spelling, members their order.</summary>
internal static class JsonScrub
{
    /// <summary>As deep as the serializer writes; deeper JSON is not checked and so withheld.</summary>
    private const int MaxDepth = 1_000;

    /// <summary>Bytes that stand for themselves in JSON and are ordinary characters.</summary>
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([(byte)'\t', (byte)'\n', (byte)'\r', .. Enumerable.Range(0x20, 0x5F).Where(static c => c != '\\').Select(static c => (byte)c)]);

    /// <summary>The cleaned element; the same when there is nothing to clean.</summary>
    internal static JsonElement Clean(JsonElement json, in OutputScrub scrub)
    {
        var raw = JsonMarshal.GetRawUtf8Value(json);
        return IsPlain(raw, scrub) || Rewrite(raw, scrub, JavaScriptEncoder.Default) is not { } cleaned
            ? json
            : JsonElement.Parse(cleaned, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    /// <summary>The same for an object; the same object when there is nothing to clean.</summary>
    internal static JsonObject Clean(JsonObject json, in OutputScrub scrub)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            json.WriteTo(writer);
        }

        return IsPlain(buffer.WrittenSpan, scrub) || Rewrite(buffer.WrittenSpan, scrub, JavaScriptEncoder.Default) is not { } cleaned
            ? json
            : JsonNode.Parse(cleaned, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth })!.AsObject();
    }

    /// <summary>The cleaned document; null when there is nothing to clean, or when the text is none.</summary>
    internal static string? Clean(string text, in OutputScrub scrub)
    {
        byte[] utf8;
        try
        {
            utf8 = Encoding.UTF8.GetBytes(text);
            Require(utf8);
        }
        catch (JsonException)
        {
            return null;
        }

        // Nothing that is left needs an escape, and a reader is to see what was made visible.
        return Rewrite(utf8, scrub, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) is { } cleaned ? Encoding.UTF8.GetString(cleaned) : null;
    }

    private static bool IsPlain(ReadOnlySpan<byte> utf8, in OutputScrub scrub) =>
        !scrub.ReadsWords && utf8.IndexOfAnyExcept(Plain) < 0 && !scrub.HoldsToken(utf8);

    private static void Require(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
        }
    }

    private static byte[]? Rewrite(ReadOnlySpan<byte> utf8, in OutputScrub scrub, JavaScriptEncoder encoder)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        var buffer = new ArrayBufferWriter<byte>(utf8.Length + 64);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = encoder, SkipValidation = true, MaxDepth = MaxDepth });
        var isChanged = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(Text(reader, scrub, ref isChanged));
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Text(reader, scrub, ref isChanged));
                    break;
                case JsonTokenType.Number when scrub.IsConcealedNumber(reader.ValueSpan):
                    writer.WriteNumberValue(0);
                    isChanged = true;
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }

        writer.Flush();
        return isChanged ? buffer.WrittenSpan.ToArray() : null;
    }

    private static string Text(in Utf8JsonReader reader, in OutputScrub scrub, ref bool isChanged)
    {
        var text = Encoding.UTF8.GetString(reader.ValueSpan);
        if (reader.ValueIsEscaped)
        {
            text = Unescape(text);
        }

        var cleaned = scrub.Text(text);
        isChanged |= !ReferenceEquals(cleaned, text);
        return cleaned;
    }

    /// <summary>The serializer's own decoding refuses a lone surrogate; here it is found, to be made visible.</summary>
    private static string Unescape(string escaped)
    {
        var text = new StringBuilder(escaped.Length);
        for (var at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '\\')
            {
                text.Append(escaped[at]);
                continue;
            }

            switch (escaped[++at])
            {
                case 'u':
                    text.Append((char)ushort.Parse(escaped.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    at += 4;
                    break;
                case 'b':
                    text.Append('\b');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case var itself:
                    text.Append(itself);
                    break;
            }
        }

        return text.ToString();
    }
}
