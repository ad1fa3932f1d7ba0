using System.Runtime.InteropServices;

namespace McpSecureGen.Validation.Processes;

/// <summary>
/// Marks every open descriptor of the server beyond the standard three to be closed in new programs. .NET opens all of its own so; a native library may
/// not, and its socket or file would be the program's too (CWE-403).
/// </summary>
/// <remarks>Linux 5.11 and later. Elsewhere this does nothing: .NET's own handles are not inherited, those of native libraries may be.</remarks>
internal static class InheritedHandles
{
    // The numbers of new system calls are the same on every processor.
    private const nint CloseRange = 436;
    private const nint CloseOnExec = 4;

    internal static void Close()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Syscall(CloseRange, 3, unchecked((nint)uint.MaxValue), CloseOnExec);
        }
    }

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Syscall(nint number, nint first, nint last, nint flags);
}
