using System.Buffers;
using System.Text;

namespace McpSecureGen.Validation.Processes;

/// <summary>Reads a stream of a program to its end, and keeps its first bytes.</summary>
internal sealed class CappedOutput
{
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Lock _access = new();
    private readonly Stream _stream;
    private readonly int _limit;
    private bool _hasEnded;
    private bool _hasMore;

    internal CappedOutput(Stream stream, int limit)
    {
        (_stream, _limit) = (stream, limit);
        Completion = Task.Run(ReadAsync);
    }

    /// <summary>Ends when the stream does; never fails.</summary>
    internal Task Completion { get; }

    /// <summary>What has been kept, and whether there was or may be more.</summary>
    internal (string Text, bool IsTruncated) Take()
    {
        lock (_access)
        {
            var bytes = _kept.WrittenSpan;
            var isTruncated = _hasMore || !_hasEnded;
            return (Encoding.UTF8.GetString(isTruncated ? bytes[..WholeLength(bytes)] : bytes), isTruncated);
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _stream.ReadAsync(buffer).ConfigureAwait(false) is var count and > 0)
            {
                lock (_access)
                {
                    var room = Math.Min(count, _limit - _kept.WrittenCount);
                    _kept.Write(buffer.AsSpan(0, room));
                    _hasMore |= room < count;
                }
            }

            lock (_access)
            {
                _hasEnded = true;
            }
        }
        catch (Exception)
        {
            // The stream was closed because its end did not come: what is there counts as truncated.
        }
    }

    /// <summary>The length without a character of which the last bytes are missing.</summary>
    private static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if (lead >= 0xC0)
            {
                return back < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? bytes.Length - back : bytes.Length;
            }

            if (lead < 0x80)
            {
                break;
            }
        }

        return bytes.Length;
    }
}
