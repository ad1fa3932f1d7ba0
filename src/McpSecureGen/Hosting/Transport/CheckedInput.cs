using System.Buffers;
using System.IO.Pipelines;
using McpSecureGen.Hosting.Envelope;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Hosting.Transport;

/// <summary>
/// The input of a pipe, line by line: a line that is no message every reader reads alike does not reach the SDK. The others pass unchanged, byte
/// for byte.
/// </summary>
/// <param name="input">What the client writes. Closed with this stream.</param>
/// <param name="maxLineBytes">The greatest length of a line. A longer one is read to its end, kept nowhere and refused.</param>
/// <param name="refuse">Told of each refused line, before the next one is read.</param>
internal sealed class CheckedInput(Stream input, int maxLineBytes, Func<EnvelopeFault, RequestId, CancellationToken, ValueTask> refuse) : Stream
{
    private static readonly EnvelopeFault TooLong = EnvelopeFault.Invalid("Size", "The message is too large.");

    private static readonly EnvelopeFault BrokenLine = EnvelopeFault.Invalid("Line", "The message holds a carriage return.");

    /// <summary>Some clients begin with one; the SDK reads over it.</summary>
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly PipeReader _lines = PipeReader.Create(input);
    private ReadOnlyMemory<byte> _rest;
    private bool _isSkipping;
    private bool _isEnded;
    private bool _hasBegun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty && !_isEnded && !buffer.IsEmpty)
        {
            await NextLineAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A pipe is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _lines.Complete();
        }

        base.Dispose(disposing);
    }

    private async ValueTask NextLineAsync(CancellationToken cancellationToken)
    {
        // A console's stream ignores the token of a read under way, so the wait for it is given up instead, as the SDK does.
        var read = await _lines.ReadAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        var buffer = read.Buffer;
        var end = buffer.PositionOf((byte)'\n');
        if (end is null && !read.IsCompleted)
        {
            // Examined to its end: the next read waits for more. A line that is too long is let go of as it comes.
            _isSkipping |= buffer.Length > maxLineBytes;
            _lines.AdvanceTo(_isSkipping ? buffer.End : buffer.Start, buffer.End);
            return;
        }

        var line = end is { } position ? buffer.Slice(0, position) : buffer;
        var isTooLong = _isSkipping || line.Length > maxLineBytes;
        byte[] bytes = isTooLong ? [] : line.ToArray();
        bytes = !_hasBegun && bytes.AsSpan().StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        _hasBegun = true;
        _isSkipping = false;
        _isEnded = end is null;
        _lines.AdvanceTo(end is { } found ? buffer.GetPosition(1, found) : buffer.End);
        if (isTooLong)
        {
            await refuse(TooLong, default, cancellationToken).ConfigureAwait(false);
        }
        else if (!IsBlank(bytes))
        {
            await JudgeAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask JudgeAsync(byte[] line, CancellationToken cancellationToken)
    {
        if (!RpcEnvelope.TryRead(line, out var message, out var fault, out var id))
        {
            await refuse(fault, id, cancellationToken).ConfigureAwait(false);
            return;
        }

        message.Dispose();

        // White space to JSON, and the end of a line to the SDK: what stands between two of them would be a message that nobody has checked.
        if (line.AsSpan().TrimEnd((byte)'\r').Contains((byte)'\r'))
        {
            await refuse(BrokenLine, id, cancellationToken).ConfigureAwait(false);
            return;
        }

        _rest = (byte[])[.. line, (byte)'\n'];
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(" \t\r"u8);
}
