using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>Reads the names in an open folder, as bytes: a name need not be text.</summary>
internal static class FolderListing
{
    private static readonly bool IsMac = OperatingSystem.IsMacOS();

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Every entry but <c>.</c> and <c>..</c>: its name with the zero that ends it, and its kind where the file system lists it.</summary>
    internal static List<(byte[] Name, PathKind? Kind)> Read(SafeFileHandle folder)
    {
        var entries = new List<(byte[], PathKind?)>();
        using var stream = Open(folder);
        while (true)
        {
            var entry = Next(stream);
            if (entry == 0)
            {
                return Marshal.GetLastPInvokeError() is 0 ? entries : throw UnixFault.Of(UnixFault.Last);
            }

            // d_type and d_name of 64-bit Linux and of Darwin.
            var (type, start) = IsMac ? (20, 21) : (18, 19);
            var length = 0;
            while (Marshal.ReadByte(entry, start + length) != 0)
            {
                length++;
            }

            var name = new byte[length + 1];
            Marshal.Copy(entry + start, name, 0, length);
            if (!(name is [(byte)'.', 0] or [(byte)'.', (byte)'.', 0]))
            {
                entries.Add((name, KindOf(Marshal.ReadByte(entry, type))));
            }
        }
    }

    /// <summary>The name as text; <see langword="null"/> when its bytes are no UTF-8.</summary>
    internal static string? Text(byte[] name)
    {
        try
        {
            return Strict.GetString(name, 0, name.Length - 1);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static PathKind? KindOf(byte type) => type switch
    {
        0 => null,
        4 => PathKind.Folder,
        8 => PathKind.File,
        10 => PathKind.Link,
        _ => PathKind.Special,
    };

    private static FolderStream Open(SafeFileHandle folder)
    {
        // A descriptor of its own: what is held has no place in a listing, and on Linux cannot be read at all.
        var descriptor = UnixCalls.OpenAt(folder, [(byte)'.', 0], UnixFlags.ReadOnly | UnixFlags.Folder | UnixFlags.CloseOnExec, 0);
        if (descriptor < 0)
        {
            throw UnixFault.Of(UnixFault.Last);
        }

        using var own = new SafeFileHandle(descriptor, ownsHandle: true);
        var stream = IsMac && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? OpenStream64(descriptor) : OpenStream(descriptor);
        if (stream.IsInvalid)
        {
            throw UnixFault.Of(UnixFault.Last);
        }

        own.SetHandleAsInvalid(); // The stream closes it.
        return stream;
    }

    private static nint Next(FolderStream stream) =>
        IsMac && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? ReadStream64(stream)
        : IntPtr.Size == 4 ? ReadStreamLarge(stream)
        : ReadStream(stream);

    [DllImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern FolderStream OpenStream(int descriptor);

    [DllImport("libc", EntryPoint = "fdopendir$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern FolderStream OpenStream64(int descriptor);

    [DllImport("libc", EntryPoint = "readdir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReadStream(FolderStream stream);

    [DllImport("libc", EntryPoint = "readdir64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReadStreamLarge(FolderStream stream);

    [DllImport("libc", EntryPoint = "readdir$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint ReadStream64(FolderStream stream);

    [DllImport("libc", EntryPoint = "closedir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CloseStream(nint stream);

    /// <summary>An open listing, <c>DIR *</c>.</summary>
    private sealed class FolderStream() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle() => CloseStream(handle) == 0;
    }
}
