namespace McpSecureGen.Audit;

/// <summary>Reads a log from its start and checks each line against the one before.</summary>
internal sealed class ChainReader
{
    /// <summary>How many records are sound.</summary>
    internal long Records { get; private set; }

    /// <summary>The hash of the last sound record.</summary>
    internal string Head { get; private set; } = ChainedLine.NoPrevious;

    /// <summary>Where the last sound record ends, its line feed included.</summary>
    internal long SoundLength { get; private set; }

    /// <summary>What follows the last line feed: the piece a crash left, or nothing.</summary>
    internal byte[] Tail { get; private set; } = [];

    /// <summary>What is wrong with the first record that is not sound, or <see langword="null"/>.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Reads up to the end or to the first record that is not sound.</summary>
    /// <param name="log">The log, at its start.</param>
    /// <param name="onRecord">Takes each sound line, without its line feed.</param>
    internal void Read(Stream log, Action<ReadOnlyMemory<byte>>? onRecord = null)
    {
        var line = new MemoryStream();
        var block = new byte[64 * 1024];
        for (int count; (count = log.Read(block)) > 0;)
        {
            for (var start = 0; start < count;)
            {
                var feed = Array.IndexOf(block, (byte)'\n', start, count - start);
                var end = feed < 0 ? count : feed;
                line.Write(block, start, end - start);
                if (line.Length > ChainedLine.MaxLength)
                {
                    Problem = "is longer than any record";
                    return;
                }

                start = end + 1;
                if (feed >= 0 && !Accept(line, onRecord))
                {
                    return;
                }
            }
        }

        Tail = line.ToArray();
    }

    /// <summary>Whether the tail is a whole record that lacks its line feed alone.</summary>
    internal bool TailIsWhole() => ChainedLine.Check(Tail, Records + 1, Head, out _) is null;

    private bool Accept(MemoryStream line, Action<ReadOnlyMemory<byte>>? onRecord)
    {
        var bytes = line.GetBuffer().AsMemory(0, (int)line.Length);
        Problem = ChainedLine.Check(bytes.Span, Records + 1, Head, out var hash);
        if (Problem is not null)
        {
            return false;
        }

        onRecord?.Invoke(bytes);
        (Records, Head, SoundLength) = (Records + 1, hash, SoundLength + bytes.Length + 1);
        line.SetLength(0);
        return true;
    }
}
