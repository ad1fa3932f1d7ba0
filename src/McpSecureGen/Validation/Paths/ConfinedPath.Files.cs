using System.Text;
using McpSecureGen.Validation.Paths;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen;

/// <content>What is done with a file.</content>
public sealed partial class ConfinedPath
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Opens the file for reading.</summary>
    /// <returns>A stream; the caller closes it. A file that grows afterwards is read to its new end: <see cref="ReadAllBytes"/> stops at the bound.</returns>
    /// <exception cref="PathRefusedException">It is no regular file, has a second name, is longer than <see cref="SafePathAttribute.MaxBytes"/>, or a link leads out.</exception>
    public FileStream OpenRead() => Open(FileMode.Open, FileAccess.Read);

    /// <summary>Opens or creates the file. Nothing is truncated before the file is known to be a regular one that may be written.</summary>
    /// <param name="mode">As for <see cref="File.Open(string, FileMode, FileAccess)"/>.</param>
    /// <param name="access">What the stream is for; anything but reading needs <see cref="PathAccess.Write"/>.</param>
    /// <returns>A stream; the caller closes it. What is written through it is not bounded.</returns>
    /// <exception cref="PathRefusedException">As for <see cref="OpenRead"/>; or the path is declared for reading only.</exception>
    public FileStream Open(FileMode mode, FileAccess access)
    {
        if (!Enum.IsDefined(mode) || access is not (FileAccess.Read or FileAccess.Write or FileAccess.ReadWrite) ||
            (mode is FileMode.Append && access != FileAccess.Write) ||
            (mode is FileMode.Create or FileMode.CreateNew or FileMode.Truncate && access == FileAccess.Read))
        {
            throw new ArgumentException("The mode and the access do not go together.", nameof(access));
        }

        var file = OpenHandle(mode, access);
        try
        {
            var stream = new FileStream(file, access, bufferSize: 4096, isAsync: false);
            if (mode == FileMode.Append)
            {
                stream.Seek(0, SeekOrigin.End);
            }

            return stream;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the whole file.</summary>
    /// <param name="maxBytes">A bound below <see cref="SafePathAttribute.MaxBytes"/>.</param>
    /// <exception cref="PathRefusedException">As for <see cref="OpenRead"/>; also when it grows past the bound while it is read.</exception>
    public byte[] ReadAllBytes(long maxBytes = long.MaxValue)
    {
        using var stream = OpenRead();
        using var content = new BoundedBuffer(Math.Min(maxBytes, Policy.MaxBytes), stream.Length);
        while (stream.Read(content.Free.Span) is > 0 and var count)
        {
            content.Advance(count);
        }

        return content.ToArray();
    }

    /// <summary>Reads the whole file.</summary>
    /// <param name="maxBytes">A bound below <see cref="SafePathAttribute.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PathRefusedException">As for <see cref="ReadAllBytes"/>.</exception>
    public async Task<byte[]> ReadAllBytesAsync(long maxBytes = long.MaxValue, CancellationToken cancellationToken = default)
    {
        var stream = OpenRead();
        await using (stream.ConfigureAwait(false))
        {
            using var content = new BoundedBuffer(Math.Min(maxBytes, Policy.MaxBytes), stream.Length);
            while (await stream.ReadAsync(content.Free, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                content.Advance(count);
            }

            return content.ToArray();
        }
    }

    /// <summary>Reads the whole file as UTF-8; a byte order mark is left out.</summary>
    /// <param name="maxBytes">A bound below <see cref="SafePathAttribute.MaxBytes"/>.</param>
    /// <exception cref="PathRefusedException">As for <see cref="ReadAllBytes"/>.</exception>
    /// <exception cref="InvalidDataException">It is no UTF-8.</exception>
    public string ReadAllText(long maxBytes = long.MaxValue) => Decode(ReadAllBytes(maxBytes));

    /// <summary>Reads the whole file as UTF-8; a byte order mark is left out.</summary>
    /// <param name="maxBytes">A bound below <see cref="SafePathAttribute.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PathRefusedException">As for <see cref="ReadAllBytes"/>.</exception>
    /// <exception cref="InvalidDataException">It is no UTF-8.</exception>
    public async Task<string> ReadAllTextAsync(long maxBytes = long.MaxValue, CancellationToken cancellationToken = default) =>
        Decode(await ReadAllBytesAsync(maxBytes, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Writes the whole file: into a new one beside it, which then takes its place at once. A reader sees the old content or the new; a link that stood
    /// there is replaced and not followed; the permissions of a replaced file stay.
    /// </summary>
    /// <param name="content">The content, at most <see cref="SafePathAttribute.MaxBytes"/>.</param>
    /// <exception cref="PathRefusedException">The path is declared for reading only, or what stands there must not be replaced.</exception>
    public void WriteAllBytes(ReadOnlySpan<byte> content)
    {
        using var draft = NewDraft(replace: true);
        draft.Reserve(content.Length);
        draft.Stream.Write(content);
        draft.Commit();
    }

    /// <summary>The same without blocking.</summary>
    /// <param name="content">The content, at most <see cref="SafePathAttribute.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Stops it; nothing has changed then.</param>
    /// <exception cref="PathRefusedException">As for <see cref="WriteAllBytes"/>.</exception>
    public async Task WriteAllBytesAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        using var draft = NewDraft(replace: true);
        draft.Reserve(content.Length);
        await draft.Stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
        draft.Commit();
    }

    /// <summary>Writes the whole file as UTF-8 without a byte order mark, in the way of <see cref="WriteAllBytes"/>.</summary>
    /// <param name="content">The text.</param>
    /// <exception cref="PathRefusedException">As for <see cref="WriteAllBytes"/>.</exception>
    public void WriteAllText(string content) => WriteAllBytes(StrictUtf8.GetBytes(content));

    /// <summary>Writes the whole file as UTF-8 without a byte order mark, in the way of <see cref="WriteAllBytes"/>.</summary>
    /// <param name="content">The text.</param>
    /// <param name="cancellationToken">Stops it; nothing has changed then.</param>
    /// <exception cref="PathRefusedException">As for <see cref="WriteAllBytes"/>.</exception>
    public Task WriteAllTextAsync(string content, CancellationToken cancellationToken = default) =>
        WriteAllBytesAsync(StrictUtf8.GetBytes(content), cancellationToken);

    /// <summary>Copies the file. The copy appears whole or not at all.</summary>
    /// <param name="target">Where to, also beneath another root; declared for writing.</param>
    /// <param name="overwrite">Whether a file there is replaced.</param>
    /// <exception cref="PathRefusedException">As for <see cref="OpenRead"/> and <see cref="WriteAllBytes"/>.</exception>
    public void CopyTo(ConfinedPath target, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var stream = OpenRead();
        using var draft = target.NewDraft(overwrite);
        draft.CopyFrom(stream, Policy.MaxBytes);
        draft.Commit();
    }

    /// <summary>A file that takes the place of this path once it is complete.</summary>
    internal Draft NewDraft(bool replace)
    {
        RequireWrite();
        RequireExtension();
        var parent = OpenParentToChange();
        try
        {
            return new Draft(parent, Name, Policy, replace);
        }
        catch
        {
            parent.Dispose();
            throw;
        }
    }

    private SafeFileHandle OpenHandle(FileMode mode, FileAccess access)
    {
        var root = Root;
        RequireExtension();
        if (mode != FileMode.Open || access != FileAccess.Read)
        {
            RequireWrite();
        }

        // Where the extension counts, a link could show another one than the file it leads to has.
        var (file, facts) = root.OpenFile(_components, mode, access, followLast: Policy.Extensions.Length == 0);
        try
        {
            if (Policy.FaultOfEntry(facts) is { } fault)
            {
                throw Refused(fault);
            }

            if (mode is FileMode.Create or FileMode.Truncate)
            {
                RandomAccess.SetLength(file, 0);
            }
            else if (facts.Length > Policy.MaxBytes)
            {
                throw BoundedBuffer.TooLong(Policy.MaxBytes);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string Decode(byte[] bytes)
    {
        ReadOnlySpan<byte> text = bytes;
        try
        {
            return StrictUtf8.GetString(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        }
        catch (DecoderFallbackException notText)
        {
            throw new InvalidDataException("The file is not a text in UTF-8.", notText);
        }
    }
}
