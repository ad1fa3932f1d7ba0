using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>The C library's calls that work beneath an open folder. Arrays of bytes are pinned as they are; nothing for trimming to lose.</summary>
internal static class UnixCalls
{
    internal const int OpenAt2Number = 437; // The same on every architecture that .NET runs on.

    private static readonly bool IsMac = OperatingSystem.IsMacOS();

    /// <summary>The bytes of a name with the zero that ends it.</summary>
    internal static byte[] Bytes(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>Opens a name beneath a folder; the result is negative with the error in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    /// <remarks>
    /// A variable argument goes onto the stack on Apple's ARM, after eight registers, and into the fourth register elsewhere. Passed in both places it is
    /// found everywhere.
    /// </remarks>
    internal static int OpenAt(SafeFileHandle folder, byte[] name, int flags, int mode) =>
        IsMac ? OpenAtPadded(folder, name, flags, mode, 0, 0, 0, 0, mode) : OpenAtPlain(folder, name, flags, mode);

    internal static int SetFlags(SafeFileHandle file, int flags) =>
        IsMac ? FcntlPadded(file, 4, flags, 0, 0, 0, 0, 0, flags) : FcntlPlain(file, 4, flags);

    internal static int GetFlags(SafeFileHandle file) => IsMac ? FcntlPadded(file, 3, 0, 0, 0, 0, 0, 0, 0) : FcntlPlain(file, 3, 0);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern nint OpenAt2(nint number, SafeFileHandle folder, byte[] path, ref OpenHow how, nint size);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern nint RenameAt2(nint number, SafeFileHandle folder, byte[] name, SafeFileHandle target, byte[] newName, nint flags);

    [DllImport("libc", EntryPoint = "renameatx_np", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int RenameAtExclusive(SafeFileHandle folder, byte[] name, SafeFileHandle target, byte[] newName, uint flags);

    [DllImport("libc", EntryPoint = "renameat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int RenameAt(SafeFileHandle folder, byte[] name, SafeFileHandle target, byte[] newName);

    [DllImport("libc", EntryPoint = "readlinkat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern nint ReadLinkAt(SafeFileHandle folder, byte[] name, byte[] buffer, nint size);

    [DllImport("libc", EntryPoint = "mkdirat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int MakeFolderAt(SafeFileHandle folder, byte[] name, int mode);

    [DllImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int UnlinkAt(SafeFileHandle folder, byte[] name, int flags);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Statx(SafeFileHandle folder, byte[] name, int flags, uint mask, byte[] buffer);

    [DllImport("libc", EntryPoint = "fstatat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int StatAt(SafeFileHandle folder, byte[] name, byte[] buffer, int flags);

    [DllImport("libc", EntryPoint = "fstatat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int StatAt64(SafeFileHandle folder, byte[] name, byte[] buffer, int flags);

    [DllImport("libc", EntryPoint = "fstat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Stat(SafeFileHandle file, byte[] buffer);

    [DllImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int Stat64(SafeFileHandle file, byte[] buffer);

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenAtPlain(SafeFileHandle folder, byte[] name, int flags, int mode);

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenAtPadded(SafeFileHandle folder, byte[] name, int flags, nint mode, nint a, nint b, nint c, nint d, nint modeOnStack);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FcntlPlain(SafeFileHandle file, int command, nint value);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FcntlPadded(SafeFileHandle file, int command, nint value, nint a, nint b, nint c, nint d, nint e, nint valueOnStack);

    /// <summary>Argument of <c>openat2(2)</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct OpenHow
    {
        internal ulong Flags;
        internal ulong Mode;
        internal ulong Resolve;
    }
}
