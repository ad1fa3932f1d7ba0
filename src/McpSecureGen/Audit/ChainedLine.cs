using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace McpSecureGen.Audit;

/// <summary>
/// The form of one line: <c>{"seq":N, ... ,"prev":"&lt;hash of the line before&gt;","hash":"&lt;SHA-256 of every byte before ,"hash"&gt;"}</c> and a line feed.
/// </summary>
internal static class ChainedLine
{
    /// <summary>What stands as <c>prev</c> in the first line.</summary>
    internal const string NoPrevious = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>No line that the log writes is longer; a longer one is not of the log.</summary>
    internal const int MaxLength = 512 * 1024;

    private const int HashLength = 64;

    private static readonly byte[] PreviousField = Encoding.ASCII.GetBytes(",\"prev\":\"");
    private static readonly byte[] HashField = Encoding.ASCII.GetBytes(",\"hash\":\"");
    private static readonly byte[] End = Encoding.ASCII.GetBytes("\"}");

    private static readonly int TailLength = HashField.Length + HashLength + End.Length;

    internal static byte[] Write(long sequence, DateTimeOffset time, string? attempt, AuditRecord record, string previous, out string hash)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("seq", sequence);
            writer.WriteString("time", time);
            if (attempt is not null)
            {
                writer.WriteString("attempt", attempt);
            }

            AuditRecordJson.Write(writer, record);
            writer.WriteString("prev", previous);
            writer.WriteEndObject();
        }

        // Without the closing brace: that is what the hash covers, and it stands after the hash.
        var body = buffer.WrittenSpan[..^1];
        hash = Hash(body);
        return [.. body, .. HashField, .. Encoding.ASCII.GetBytes(hash), .. End, (byte)'\n'];
    }

    /// <summary>Checks one line, its line feed left out.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    internal static string? Check(ReadOnlySpan<byte> line, long sequence, string previous, out string hash)
    {
        hash = "";
        if (line.Length <= TailLength || !line[^TailLength..].StartsWith(HashField) || !line.EndsWith(End))
        {
            return "does not end in its hash";
        }

        var body = line[..^TailLength];
        hash = Hash(body);
        if (!line.Slice(body.Length + HashField.Length, HashLength).SequenceEqual(Encoding.ASCII.GetBytes(hash)))
        {
            return "does not match its hash";
        }

        byte[] start = [.. "{\"seq\":"u8, .. Encoding.ASCII.GetBytes(sequence.ToString(System.Globalization.CultureInfo.InvariantCulture)), (byte)','];
        if (!body.StartsWith(start))
        {
            return "does not carry the next sequence number";
        }

        if (!body.EndsWith((byte[])[.. PreviousField, .. Encoding.ASCII.GetBytes(previous), (byte)'"']))
        {
            return "does not follow from the record before it";
        }

        return IsJson(line) ? null : "is not JSON";
    }

    /// <summary>The identifier of the attempt that a checked line completes, if it completes one.</summary>
    internal static string? AttemptOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("attempt"))
            {
                return reader.Read() ? reader.GetString() : null;
            }
        }

        return null;
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
