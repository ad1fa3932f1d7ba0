using System.Buffers;
using System.Text.Json;

namespace McpSecureGen.Audit;

/// <summary>
/// The intents whose outcome is not in the log yet, one JSON object a line. It is not evidence: it only tells the next process what was under way.
/// </summary>
internal sealed class IntentJournal(Stream file)
{
    /// <summary>Up to this length the journal keeps the intents of completed attempts.</summary>
    internal const int KeptLength = 64 * 1024;

    private long _limit = KeptLength;

    /// <summary>Whether it is time to call <see cref="Rewrite"/>: each rewriting is paid for by as much appending.</summary>
    internal bool IsLong => file.Length > _limit;

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
        Write(buffer, intent);
        file.Write(buffer.WrittenSpan);
        file.Flush();
    }

    /// <summary>Keeps these intents alone.</summary>
    /// <remarks>
    /// In place, over the start, and cut afterwards. A crash between the two leaves old lines behind the new ones; theirs are in the log already, so at
    /// most one of them, which lost its start, is reported as unreadable.
    /// </remarks>
    internal void Rewrite(IEnumerable<AuditIntent> intents)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var intent in intents)
        {
            Write(buffer, intent);
        }

        file.Position = 0;
        file.Write(buffer.WrittenSpan);
        file.SetLength(buffer.WrittenCount);
        file.Flush();
        _limit = Math.Max(KeptLength, 2L * buffer.WrittenCount);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, AuditIntent intent)
    {
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("attempt", intent.Attempt);
            AuditRecordJson.Write(writer, intent.Record);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
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
