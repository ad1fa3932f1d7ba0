using System.Runtime.InteropServices;
using System.Text;

namespace McpSecureGen.Validation.Paths;

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
    private const uint WantTypeAndLinks = 5; // STATX_TYPE | STATX_NLINK

    internal static PathKind KindOf(string path) => OperatingSystem.IsWindows() ? WindowsKind(path) : Unix(path).Kind;

    /// <summary>Whether a file has a second name somewhere (hard link).</summary>
    internal static bool HasOtherNames(string path) => OperatingSystem.IsWindows() ? WindowsFolder.LinksOf(path) > 1 : Unix(path).Links != 1;

    private static (PathKind Kind, uint Links) Unix(string path)
    {
        var name = new byte[Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        Encoding.UTF8.GetBytes(path, name);

        // 256 bytes hold either structure; only mode and link count are read, at their fixed places: bytes 28 and
        // 16 of Linux' statx, bytes 4 and 6 of Darwin's stat.
        var buffer = new byte[256];
        int result, offset;
        var isMac = OperatingSystem.IsMacOS();
        if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid())
        {
            (result, offset) = (Statx(CurrentFolder, name, NoFollow, WantTypeAndLinks, buffer), 28);
        }
        else if (isMac)
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
            return error is NoEntry or NotAFolder ? (PathKind.Missing, 0u) : throw new IOException($"lstat failed with error {error}");
        }

        var kind = (BitConverter.ToUInt16(buffer, offset) & TypeMask) switch
        {
            0x8000 => PathKind.File,
            0x4000 => PathKind.Folder,
            0xA000 => PathKind.Link,
            _ => PathKind.Special,
        };
        return (kind, isMac ? BitConverter.ToUInt16(buffer, 6) : BitConverter.ToUInt32(buffer, 16));
    }

    private static PathKind WindowsKind(string path)
    {
        FileAttributes attributes;
        try
        {
            attributes = File.GetAttributes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return PathKind.Missing;
        }

        // Junctions, symbolic links and mount points alike; a reparse point without a target the BCL can read fails later, in the resolution.
        return (attributes & FileAttributes.ReparsePoint) != 0 ? PathKind.Link
            : (attributes & FileAttributes.Device) != 0 ? PathKind.Special
            : (attributes & FileAttributes.Directory) != 0 ? PathKind.Folder
            : PathKind.File;
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
