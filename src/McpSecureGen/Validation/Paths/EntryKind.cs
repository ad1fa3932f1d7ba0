using System.Runtime.InteropServices;
using System.Text;

namespace McpSecureGen.Validation.Paths;

/// <summary>What stands at a path, links not followed.</summary>
internal enum EntryKind
{
    Missing,
    File,
    Folder,
    Link,

    /// <summary>A pipe, socket or device: reading may block for ever or have effects.</summary>
    Special,
}

/// <summary>
/// Asks the operating system for the kind of one entry. The BCL reports devices and pipes as ordinary files and reads "access denied" as "missing",
/// so on Unix the question goes to the C library. Everything but a clear answer is an exception, which refuses the path.
/// </summary>
internal static class EntryProbe
{
    private const int NoEntry = 2;
    private const int NotAFolder = 20;
    private const int TypeMask = 0xF000;
    private const int CurrentFolder = -100; // AT_FDCWD; paths are absolute, so it is never used
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint WantType = 1; // STATX_TYPE

    internal static EntryKind KindOf(string path) => OperatingSystem.IsWindows() ? WindowsKind(path) : UnixKind(path);

    private static EntryKind UnixKind(string path)
    {
        var name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);

        // 256 bytes hold either structure; only the mode is read, at its fixed place: byte 28 of Linux' statx, byte 4 of Darwin's stat.
        var buffer = new byte[256];
        int result, offset;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid())
        {
            (result, offset) = (Statx(CurrentFolder, name, NoFollow, WantType, buffer), 28);
        }
        else if (OperatingSystem.IsMacOS())
        {
            (result, offset) = (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Lstat64(name, buffer) : Lstat(name, buffer), 4);
        }
        else
        {
            throw new PlatformNotSupportedException("The kind of a file cannot be told on this operating system.");
        }

        if (result != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoEntry or NotAFolder ? EntryKind.Missing : throw new IOException($"lstat failed with error {error}");
        }

        return (BitConverter.ToUInt16(buffer, offset) & TypeMask) switch
        {
            0x8000 => EntryKind.File,
            0x4000 => EntryKind.Folder,
            0xA000 => EntryKind.Link,
            _ => EntryKind.Special,
        };
    }

    private static EntryKind WindowsKind(string path)
    {
        FileAttributes attributes;
        try
        {
            attributes = File.GetAttributes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return EntryKind.Missing;
        }

        // Junctions, symbolic links and mount points alike; a reparse point without a target the BCL can read fails later, in the resolution.
        return (attributes & FileAttributes.ReparsePoint) != 0 ? EntryKind.Link
            : (attributes & FileAttributes.Device) != 0 ? EntryKind.Special
            : (attributes & FileAttributes.Directory) != 0 ? EntryKind.Folder
            : EntryKind.File;
    }

    // Arrays of bytes are pinned as they are: no marshalling code, nothing for trimming to lose.
    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] buffer);

    [DllImport("libc", EntryPoint = "lstat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lstat(byte[] path, byte[] buffer);

    [DllImport("libc", EntryPoint = "lstat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lstat64(byte[] path, byte[] buffer);
}
