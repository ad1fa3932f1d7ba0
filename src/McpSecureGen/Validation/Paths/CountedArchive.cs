namespace McpSecureGen.Validation.Paths;

/// <summary>
/// Reads a zip archive for the BCL, and stops when the list of its entries is far longer than allowed. The BCL takes up the whole list before it shows the first
/// entry, some 500 bytes for each 47 of the archive, so a bound on what it shows comes too late (CWE-770).
/// </summary>
/// <remarks>
/// The mark of an entry is counted, wherever it stands in what is read: a second parser could find another list than the BCL does. Parts are read twice, and
/// names may hold the mark, so the count that stops is well above the bound. The exact bound comes with the judging of the entries.
/// </remarks>
internal sealed class CountedArchive(Stream archive, int maxEntries) : Stream
{
    // "PK", 1, 2 begins each entry of the list (APPNOTE 4.3.12).
    private const uint Mark = 0x504B0102;

    // The search for the end of the archive goes through its last 64 KiB, where at most 1,425 entries have room.
    private const int Slack = 4096;

    private readonly long _most = (2L * maxEntries) + Slack;
    private long _count;
    private uint _last;

    /// <summary>Whether the list has been read: what follows is content, which may hold anything.</summary>
    internal bool IsListed { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => archive.Length;

    public override long Position
    {
        get => archive.Position;
        set => archive.Position = value;
    }

    public override long Seek(long offset, SeekOrigin origin) => archive.Seek(offset, origin);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = archive.Read(buffer);
        if (!IsListed)
        {
            Count(buffer[..count]);
        }

        return count;
    }

    public override void Flush() => archive.Flush();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Count(ReadOnlySpan<byte> read)
    {
        foreach (var octet in read)
        {
            _last = (_last << 8) | octet;
            if (_last == Mark && ++_count > _most)
            {
                throw TooMany(maxEntries);
            }
        }
    }

    internal static PathRefusedException TooMany(int maxEntries) => new($"The archive must not have more than {maxEntries} entries.");
}
