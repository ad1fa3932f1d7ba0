using System.Runtime.InteropServices;

namespace McpSecureGen.Validation.Paths;

/// <summary>The numbers of <c>errno.h</c>, as far as both systems agree, and what they become.</summary>
internal static class UnixFault
{
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int Exists = 17;
    internal const int OtherSystem = 18;
    internal const int NotAFolder = 20;
    internal const int IsAFolder = 21;
    internal const int Invalid = 22;

    private const int NoDeviceThere = 6;
    private const int NoAccess = 13;
    private const int ReadOnlySystem = 30;

    internal static readonly int Again = OperatingSystem.IsMacOS() ? 35 : 11;
    internal static readonly int NoSystemCall = OperatingSystem.IsMacOS() ? 78 : 38;

    internal static readonly int NotEmpty = OperatingSystem.IsMacOS() ? 66 : 39;
    private static readonly int NameTooLong = OperatingSystem.IsMacOS() ? 63 : 36;

    internal static int Last => Marshal.GetLastPInvokeError();

    /// <summary>The exception of an error. No message holds a path.</summary>
    internal static Exception Of(int error) => error switch
    {
        NoEntry => new FileNotFoundException("The file or folder does not exist."),
        Exists => new IOException("Something of that name exists already."),
        OtherSystem => PathRefusedException.Outside(),
        NotAFolder => new DirectoryNotFoundException("A folder is needed, and something else stands there."),
        IsAFolder => new IOException("A file is needed, and a folder stands there."),
        NoDeviceThere => PathRefusedException.Special(),
        NotPermitted or NoAccess or ReadOnlySystem => new UnauthorizedAccessException("The operating system does not let the server do that."),
        _ when error == UnixFlags.Loop => PathRefusedException.Outside(),
        _ when error == NotEmpty => new IOException("The folder is not empty."),
        _ when error == NameTooLong => new PathTooLongException("The path or one of its names is too long for the file system."),
        _ => new IOException($"The operating system refused with error {error}."),
    };
}
