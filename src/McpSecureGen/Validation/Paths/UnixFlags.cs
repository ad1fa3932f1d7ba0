using System.Runtime.InteropServices;

namespace McpSecureGen.Validation.Paths;

/// <summary>The numbers of <c>fcntl.h</c>. Four of Linux' differ by architecture, and Darwin has its own.</summary>
internal static class UnixFlags
{
    internal const int ReadOnly = 0;
    internal const int WriteOnly = 1;
    internal const int ReadWrite = 2;
    internal const int EmptyPath = 0x1000; // AT_EMPTY_PATH, Linux

    private static readonly bool Mac = OperatingSystem.IsMacOS();

    private static readonly bool OldNumbers = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 or Architecture.Armv6 or Architecture.Ppc64le;

    internal static readonly int Create = Mac ? 0x200 : 0x40;
    internal static readonly int Exclusive = Mac ? 0x800 : 0x80;
    internal static readonly int Append = Mac ? 0x8 : 0x400;
    internal static readonly int NonBlocking = Mac ? 0x4 : 0x800;
    internal static readonly int NoTerminal = Mac ? 0x20000 : 0x100;
    internal static readonly int CloseOnExec = Mac ? 0x1000000 : 0x80000;
    internal static readonly int Folder = Mac ? 0x100000 : OldNumbers ? 0x4000 : 0x10000;
    internal static readonly int NoFollow = Mac ? 0x100 : OldNumbers ? 0x8000 : 0x20000;

    /// <summary>O_PATH: names the entry and opens nothing. Darwin has none, and opens for reading.</summary>
    internal static readonly int PathOnly = Mac ? 0 : 0x200000;

    /// <summary>AT_SYMLINK_NOFOLLOW.</summary>
    internal static readonly int AtNoFollow = Mac ? 0x20 : 0x100;

    /// <summary>AT_REMOVEDIR.</summary>
    internal static readonly int AtFolder = Mac ? 0x80 : 0x200;

    /// <summary>ELOOP.</summary>
    internal static readonly int Loop = Mac ? 62 : 40;

    internal static readonly int HeldFolder = PathOnly | Folder | CloseOnExec;
}
