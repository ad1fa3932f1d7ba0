using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;

namespace McpSecureGen.Cli.Keys;

/// <summary>Files that only the current user may read: private keys and tokens.</summary>
/// <remarks>
/// The permissions are given to the system call that creates the file. A change afterwards would leave a moment in which others can open it, and what is
/// open stays open (CWE-276, CWE-377).
/// </remarks>
internal static class OwnerOnlyFile
{
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode FolderMode = Mode | UnixFileMode.UserExecute;

    private const UnixFileMode Foreign = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Opens a new file for writing. An existing one, a symbolic link included, is never touched.</summary>
    /// <exception cref="IOException">There is a file of this name.</exception>
    public static FileStream Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return OpenOnWindows(path);
        }

        return new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = Mode });
    }

    /// <summary>Writes a new file.</summary>
    /// <exception cref="CliException">There is a file of this name.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content)
    {
        FileStream file;
        try
        {
            file = Open(path);
        }
        catch (IOException) when (Path.Exists(path))
        {
            throw CliException.File($"{path} is already there and is not overwritten. Choose another place, or remove it if nothing needs it any more.");
        }

        using (file)
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Puts the content in place in one step, over what is there.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content) => AtomicFile.Replace(path, content, Open);

    /// <summary>Creates a folder that only the current user may enter. One that is there must not be open to the writing of others.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            CreateFolderOnWindows(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, FolderMode);
        }
        else if ((File.GetUnixFileMode(path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
        {
            throw CliException.File($"{path} can be written by others, who could put their own keys there. Run: chmod 700 {path}");
        }
    }

    /// <summary>Reads a file after making sure that only its owner can. Forget the bytes after use.</summary>
    /// <exception cref="CliException">It is absent, too large, or open to others.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

            // Asked of the open file: between a question about the name and the opening, the name could change hands.
            if (OpenToOthers(file) is { } remedy)
            {
                throw CliException.File(
                    $"{path} holds private keys and can be read by others. Treat them as known and replace them, or, if nobody else was there: {remedy}");
            }

            if (file.Length > maxBytes)
            {
                throw CliException.File($"{path} is larger than {maxBytes} bytes.");
            }

            var content = new byte[file.Length];
            try
            {
                file.ReadExactly(content);
                return content;
            }
            catch (IOException)
            {
                CryptographicOperations.ZeroMemory(content);
                throw;
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CliException.File($"{path} is not there. Make keys with 'mcpsec keys new --out FOLDER', or name the right folder with --keys.");
        }
    }

    /// <summary>The command that closes the file to others; null when it is closed.</summary>
    private static string? OpenToOthers(FileStream file)
    {
        if (OperatingSystem.IsWindows())
        {
            return IsOpenToOthersOnWindows(file) ? $"icacls \"{file.Name}\" /inheritance:r /grant:r \"%USERNAME%:F\"" : null;
        }

        return (File.GetUnixFileMode(file.SafeFileHandle) & Foreign) != 0 ? $"chmod 600 {file.Name}" : null;
    }

    [SupportedOSPlatform("windows")]
    private static FileStream OpenOnWindows(string path)
    {
        var security = new FileSecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(CurrentUser(), FileSystemRights.FullControl, AccessControlType.Allow));
        var rights = FileSystemRights.WriteData | FileSystemRights.ReadAttributes | FileSystemRights.Synchronize;
        return new FileInfo(path).Create(FileMode.CreateNew, rights, FileShare.None, bufferSize: 4096, FileOptions.None, security);
    }

    [SupportedOSPlatform("windows")]
    private static void CreateFolderOnWindows(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(
            CurrentUser(),
            FileSystemRights.FullControl,
            InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
            PropagationFlags.None,
            AccessControlType.Allow));
        new DirectoryInfo(path).Create(security);
    }

    /// <summary>Whether anybody but the user, the system and its administrators is let in.</summary>
    [SupportedOSPlatform("windows")]
    private static bool IsOpenToOthersOnWindows(FileStream file)
    {
        SecurityIdentifier[] trusted =
        [
            CurrentUser(), new(WellKnownSidType.LocalSystemSid, null), new(WellKnownSidType.BuiltinAdministratorsSid, null),
        ];
        return file.GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
            .Cast<FileSystemAccessRule>()
            .Any(rule => rule.AccessControlType == AccessControlType.Allow && !trusted.Contains(rule.IdentityReference));
    }

    [SupportedOSPlatform("windows")]
    private static SecurityIdentifier CurrentUser()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User ?? throw CliException.File("The current user has no identity to give the file to. Run as a user of this machine.");
    }
}
