using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// A folder on Windows, held together with every folder between it and the root. Each handle refuses to share deletion, so that none of them can be
/// renamed, replaced or removed while it is held, and a full path through them means the same at the check and at the use.
/// </summary>
/// <remarks>No reparse point (symbolic link, junction, mount point) is passed through, wherever it leads: links are refused altogether.</remarks>
[SupportedOSPlatform("windows")]
internal sealed class WindowsFolder : HeldFolder
{
    private const uint ListFolder = 0x1; // FILE_LIST_DIRECTORY: takes part in sharing, which reading attributes does not
    private const uint ReadAttributes = 0x80;
    private const uint GenericRead = 0x80000000;
    private const uint GenericWrite = 0x40000000;
    private const uint BackupSemantics = 0x02000000; // without it a folder cannot be opened
    private const uint OpenReparsePoint = 0x00200000;
    private const int ShareReadWrite = 3;
    private const int MaxDepth = 256;
    private const int FileNotFound = 2;
    private const int PathNotFound = 3;

    private readonly string _path;
    private readonly SafeFileHandle[] _held;

    private WindowsFolder(string path, SafeFileHandle[] held) => (_path, _held) = (path, held);

    internal static WindowsFolder OpenRoot(string realPath) => new(realPath, [Hold(realPath)]);

    /// <summary>How many names a file has.</summary>
    internal static long LinksOf(string path)
    {
        using var entry = CreateFile(Long(path), ReadAttributes, ShareReadWrite | 4, 0, 3, BackupSemantics | OpenReparsePoint, 0);
        return entry.IsInvalid ? throw Fault() : FactsOf(entry).Links;
    }

    internal override HeldFolder OpenFolder(ReadOnlySpan<string> components)
    {
        var (path, held) = (_path, new List<SafeFileHandle>());
        try
        {
            held.Add(Hold(path));
            foreach (var name in components)
            {
                path = Path.Join(path, name);
                held.Add(Hold(path));
            }

            return new WindowsFolder(path, [.. held]);
        }
        catch
        {
            held.ForEach(static handle => handle.Dispose());
            throw;
        }
    }

    internal override HeldFolder OpenChild(string name) => OpenFolder([name]);

    internal override (SafeFileHandle Handle, EntryFacts Facts) OpenFile(ReadOnlySpan<string> components, FileMode mode, FileAccess access, bool followLast)
    {
        if (components.IsEmpty)
        {
            throw UnixFault.Of(UnixFault.IsAFolder);
        }

        using var parent = OpenFolder(components[..^1]);
        var wanted = (access.HasFlag(FileAccess.Read) ? GenericRead : 0) | (access.HasFlag(FileAccess.Write) ? GenericWrite : 0);
        var disposition = mode switch
        {
            FileMode.CreateNew => 1u,
            FileMode.Create or FileMode.OpenOrCreate or FileMode.Append => 4u, // OPEN_ALWAYS: nothing is truncated before it is known
            _ => 3u,
        };
        var file = CreateFile(Long(Path.Join(((WindowsFolder)parent)._path, components[^1])), wanted, ShareReadWrite, 0, disposition, OpenReparsePoint, 0);
        if (file.IsInvalid)
        {
            throw Fault();
        }

        try
        {
            var facts = FactsOf(file);
            return facts.Kind switch
            {
                PathKind.File => (file, facts),
                PathKind.Link => throw PathRefusedException.Link(),
                PathKind.Folder => throw UnixFault.Of(UnixFault.IsAFolder),
                _ => throw PathRefusedException.Special(),
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    internal override EntryFacts? Look(ReadOnlySpan<string> components, bool followLast)
    {
        try
        {
            using var parent = components.IsEmpty ? null : OpenFolder(components[..^1]);
            var path = components.IsEmpty ? _path : Path.Join(((WindowsFolder)parent!)._path, components[^1]);
            using var entry = CreateFile(Long(path), ReadAttributes, ShareReadWrite | 4, 0, 3, BackupSemantics | OpenReparsePoint, 0);
            if (entry.IsInvalid)
            {
                throw Fault();
            }

            var facts = FactsOf(entry);
            return facts.Kind == PathKind.Link && followLast ? throw PathRefusedException.Link() : facts;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // The folders up to this one are held, and the calls below do not pass through a reparse point at their last name.
    internal override void CreateFolder(string name)
    {
        if (Look([name], followLast: false) is not null)
        {
            throw UnixFault.Of(UnixFault.Exists);
        }

        Directory.CreateDirectory(Path.Join(_path, name));
    }

    internal override void Delete(string name, bool isFolder)
    {
        var path = Path.Join(_path, name);
        if (isFolder || (File.GetAttributes(path) & FileAttributes.Directory) != 0)
        {
            Directory.Delete(path, recursive: false);
        }
        else
        {
            File.Delete(path);
        }
    }

    internal override void DeleteTree(string name) => DeleteTree(name, 0);

    internal override void Move(string name, HeldFolder target, string newName, bool replace)
    {
        var (from, to) = (Path.Join(_path, name), Path.Join(((WindowsFolder)target)._path, newName));
        if ((File.GetAttributes(from) & FileAttributes.Directory) != 0)
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, replace);
        }
    }

    internal override List<(string Name, PathKind Kind)> List() =>
    [
        .. new DirectoryInfo(_path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple })
            .Select(static entry => (entry.Name, KindOf(entry.Attributes))),
    ];

    protected override void Dispose(bool disposing)
    {
        foreach (var handle in _held)
        {
            handle.Dispose();
        }
    }

    private static SafeFileHandle Hold(string path)
    {
        var handle = CreateFile(Long(path), ListFolder | ReadAttributes, ShareReadWrite, 0, 3, BackupSemantics | OpenReparsePoint, 0);
        if (handle.IsInvalid)
        {
            throw Fault();
        }

        try
        {
            return FactsOf(handle).Kind switch
            {
                PathKind.Folder => handle,
                PathKind.Link => throw PathRefusedException.Outside(),
                _ => throw UnixFault.Of(UnixFault.NotAFolder),
            };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static EntryFacts FactsOf(SafeFileHandle handle)
    {
        if (GetFileInformationByHandle(handle, out var facts) == 0)
        {
            throw Fault();
        }

        var time = DateTimeOffset.FromFileTime(((long)facts.WriteTimeHigh << 32) | facts.WriteTimeLow).ToUniversalTime();
        return new EntryFacts(KindOf((FileAttributes)facts.Attributes), ((long)facts.SizeHigh << 32) | facts.SizeLow, facts.Links, time, 0);
    }

    private static PathKind KindOf(FileAttributes attributes) =>
        (attributes & FileAttributes.ReparsePoint) != 0 ? PathKind.Link
        : (attributes & FileAttributes.Device) != 0 ? PathKind.Special
        : (attributes & FileAttributes.Directory) != 0 ? PathKind.Folder
        : PathKind.File;

    // Past 260 characters only this form is read.
    private static string Long(string path) => path.StartsWith(@"\\", StringComparison.Ordinal) ? path : @"\\?\" + path;

    private static Exception Fault() => Marshal.GetLastPInvokeError() switch
    {
        FileNotFound or PathNotFound => UnixFault.Of(UnixFault.NoEntry),
        5 or 32 => UnixFault.Of(UnixFault.NotPermitted), // access denied, sharing violation
        80 or 183 => UnixFault.Of(UnixFault.Exists),
        267 => UnixFault.Of(UnixFault.NotAFolder),
        var error => new IOException($"The operating system refused with error {error}."),
    };

    private void DeleteTree(string name, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new IOException("The folder is nested too deeply.");
        }

        using (var folder = (WindowsFolder)OpenFolder([name]))
        {
            foreach (var (child, kind) in folder.List())
            {
                if (kind == PathKind.Folder)
                {
                    folder.DeleteTree(child, depth + 1);
                }
                else
                {
                    folder.Delete(child, isFolder: false);
                }
            }
        }

        Directory.Delete(Path.Join(_path, name), recursive: false);
    }

    [DllImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern SafeFileHandle CreateFile(string path, uint access, int share, nint security, uint disposition, uint flags, nint template);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int GetFileInformationByHandle(SafeFileHandle handle, out FileFacts facts);

    /// <summary>BY_HANDLE_FILE_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FileFacts
    {
        internal uint Attributes;
        internal uint CreationTimeLow;
        internal uint CreationTimeHigh;
        internal uint AccessTimeLow;
        internal uint AccessTimeHigh;
        internal uint WriteTimeLow;
        internal uint WriteTimeHigh;
        internal uint VolumeSerial;
        internal uint SizeHigh;
        internal uint SizeLow;
        internal uint Links;
        internal uint IndexHigh;
        internal uint IndexLow;
    }
}
