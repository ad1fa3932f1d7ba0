namespace McpSecureGen.Validation.Urls;

/// <summary>Reads at most so many bytes, counted after decompression, and until a point in time; then throws, and the connection is closed.</summary>
internal sealed class ConfinedStream : Stream
{
    private readonly Stream _inner;
    private readonly HttpContent _owner;
    private readonly long _maxBytes;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationToken _ended;
    private readonly CancellationTokenRegistration _atEnd;
    private readonly Lock _use = new();
    private long _read;
    private bool _isReading;
    private int _disposed;

    internal ConfinedStream(Stream inner, HttpContent owner, long maxBytes, CancellationTokenSource limit)
    {
        (_inner, _owner, _maxBytes, _limit, _ended) = (inner, owner, maxBytes, limit, limit.Token);

        // Also when nobody reads: an answer that was forgotten must not hold its connection.
        _atEnd = _ended.UnsafeRegister(static stream => ((ConfinedStream)stream!).Close(isReader: false), this);
    }

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
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(_ended, cancellationToken) : null;
        int count;
        lock (_use)
        {
            _isReading = !_ended.IsCancellationRequested;
        }

        try
        {
            _ended.ThrowIfCancellationRequested();
            count = await _inner.ReadAsync(buffer, either?.Token ?? _ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A body that breaks off, is no valid compression or takes too long: one answer for all.
        catch (Exception)
#pragma warning restore CA1031
        {
            throw new UrlFailure();
        }
        finally
        {
            Close(isReader: true);
        }

        _read += count;
        return _read <= _maxBytes ? count : throw UrlFailure.TooLarge(_maxBytes);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _atEnd.Unregister();
            _inner.Dispose();
            _owner.Dispose();
            _limit.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// Ends what has run out of time, but never beneath a read: to dispose a decompressor at work frees its memory while it is written to. The read was told to
    /// end, and closes when it has.
    /// </summary>
    private void Close(bool isReader)
    {
        lock (_use)
        {
            _isReading &= !isReader;
            if (_isReading || !_ended.IsCancellationRequested)
            {
                return;
            }
        }

        _owner.Dispose();
    }
}
