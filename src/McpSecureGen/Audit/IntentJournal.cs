using System.Buffers;
using System.Text.Json;

namespace McpSecureGen.Audit;

/// <summary>
/// The intents whose outcome is not in the log yet, one JSON object a line. It is not evidence: it only tells the next process what was under way.
/// </summary>
internal sealed class IntentJournal(Stream file)
{
    /// <summary>Beyond this length the journal is emptied as soon as nothing is under way.</summary>
    internal const int KeptLength = 64 * 1024;

    internal long Length => file.Length;

    /// <summary>How many of its lines could not be read, the half-written last one left out.</summary>
    internal int Unreadable { get; private set; }

    /// <summary>Reads what an earlier process left. A half-written last line was never acknowledged, so its effect did not begin.</summary>
    internal List<AuditIntent> Read()
    {
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        var intents = new List<AuditIntent>();
        for (var start = 0; start < bytes.Length;)
        {
            var feed = Array.IndexOf(bytes, (byte)'\n', start);
            if (feed < 0)
            {
                break;
            }

            if (Parse(bytes.AsMemory(start, feed - start)) is { } intent)
            {
                intents.Add(intent);
            }
            else
            {
                Unreadable++;
            }

            start = feed + 1;
        }

        return intents;
    }

    internal void Append(AuditIntent intent)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("attempt", intent.Attempt);
            AuditRecordJson.Write(writer, intent.Record);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        file.Write(buffer.WrittenSpan);
        file.Flush();
    }

    internal void Clear()
    {
        file.SetLength(0);
        file.Position = 0;
        file.Flush();
    }

    private static AuditIntent? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var attempt = json.RootElement.GetProperty("attempt").GetString();
            return string.IsNullOrEmpty(attempt) ? null : new AuditIntent(attempt, AuditRecordJson.Read(json.RootElement));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }
}
