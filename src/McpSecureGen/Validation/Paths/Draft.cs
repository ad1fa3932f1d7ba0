using System.Buffers;
using System.Security.Cryptography;

namespace McpSecureGen.Validation.Paths;

/// <summary>A new file beside its place, with a name nobody can guess. It takes its place when it is complete, and goes when it is not.</summary>
internal sealed class Draft : IDisposable
{
    private const int ChunkSize = 65_536;

    private readonly HeldFolder _parent;
    private readonly string _name;
    private readonly string _draftName;
    private readonly PathPolicy _policy;
    private readonly bool _replace;
    private readonly FileStream _stream;
    private bool _isCommitted;

    internal Draft(HeldFolder parent, string name, PathPolicy policy, bool replace)
    {
        (_parent, _name, _policy, _replace) = (parent, name, policy, replace);
        var replaced = parent.Look([name], followLast: false);
        if (replaced is { } there)
        {
            Require(there);
        }

        _draftName = $".mcpsec-{RandomNumberGenerator.GetHexString(24, lowercase: true)}.tmp";

        // Private until it has the permissions of the old file: whoever opens it before that reads all that is written afterwards.
        var file = parent.CreateFile(_draftName, isPrivate: replaced is { Kind: PathKind.File });
        _stream = new FileStream(file, FileAccess.Write, bufferSize: 4096, isAsync: false);
        if (replaced is { Kind: PathKind.File } old && !OperatingSystem.IsWindows())
        {
            try
            {
                // What the new file may do, the old one could; no set-id bits.
                File.SetUnixFileMode(file, old.Mode & (UnixFileMode)0x1FF);
            }
            catch
            {
                Discard();
                throw;
            }
        }
    }

    internal FileStream Stream => _stream;

    /// <exception cref="PathRefusedException">So many bytes are more than the declaration takes.</exception>
    internal void Reserve(long bytes)
    {
        if (bytes > _policy.MaxBytes)
        {
            throw BoundedBuffer.TooLong(_policy.MaxBytes);
        }
    }

    /// <summary>Copies to the end of the source, or to the bound.</summary>
    /// <returns>How many bytes.</returns>
    internal long CopyFrom(Stream source, long maxBytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            var total = 0L;
            while (source.Read(buffer) is > 0 and var count)
            {
                total += count;
                Reserve(total);
                if (total > maxBytes)
                {
                    throw BoundedBuffer.TooLong(maxBytes);
                }

                _stream.Write(buffer, 0, count);
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Puts it in its place.</summary>
    internal void Commit()
    {
        _stream.Dispose();
        _parent.Move(_draftName, _parent, _name, _replace);
        _isCommitted = true;
    }

    public void Dispose()
    {
        try
        {
            Discard();
        }
        finally
        {
            _parent.Dispose();
        }
    }

    // What stopped the writing may stop the end of the stream and the removal as well, and is already on its way to the caller. The one must not keep the
    // other from being tried.
    private void Discard()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The rest of a file that nobody wants.
        }

        try
        {
            if (!_isCommitted)
            {
                _parent.Delete(_draftName, isFolder: false);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays, under its own name.
        }
    }

    private void Require(EntryFacts there)
    {
        if (there.Kind == PathKind.Folder)
        {
            throw UnixFault.Of(UnixFault.IsAFolder);
        }

        if (!_replace)
        {
            throw UnixFault.Of(UnixFault.Exists);
        }

        if (_policy.FaultOfEntry(there) is { } fault)
        {
            throw new PathRefusedException($"The path {fault}.");
        }
    }
}
