using System.Buffers;

namespace McpSecureGen.Validation.Paths;

/// <summary>Takes up a file of at most so many bytes, whatever length it claims to have.</summary>
internal sealed class BoundedBuffer : IDisposable
{
    private const int LeastSize = 4096;

    private readonly long _maxBytes;
    private byte[] _buffer;
    private int _count;

    internal BoundedBuffer(long maxBytes, long expected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        _maxBytes = Math.Min(maxBytes, Array.MaxLength - 1);
        if (expected > _maxBytes)
        {
            throw TooLong(_maxBytes);
        }

        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(expected + 1, LeastSize));
    }

    /// <summary>Where the next bytes go; never empty.</summary>
    internal Memory<byte> Free
    {
        get
        {
            if (_count == _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(_buffer.Length * 2L, LeastSize), Array.MaxLength));
                _buffer.AsSpan(0, _count).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }

            return _buffer.AsMemory(_count);
        }
    }

    /// <summary>Counts what has been put there.</summary>
    /// <exception cref="PathRefusedException">It is more than the bound.</exception>
    internal void Advance(int count)
    {
        _count += count;
        if (_count > _maxBytes)
        {
            throw TooLong(_maxBytes);
        }
    }

    internal byte[] ToArray() => _buffer.AsSpan(0, _count).ToArray();

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    internal static PathRefusedException TooLong(long maxBytes) => new($"The file must not be longer than {maxBytes} bytes.");
}
