using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>A folder held by its descriptor, on Linux and macOS.</summary>
/// <param name="handle">Its descriptor; this object closes it.</param>
/// <param name="resolver">How names beneath it are opened.</param>
internal sealed class UnixFolder(SafeFileHandle handle, UnixResolver resolver) : HeldFolder
{
    private const int FileMode666 = 0x1B6;
    private const int FileMode600 = 0x180;
    private const int FolderMode777 = 0x1FF;
    private const uint WantedFacts = 0x247; // STATX_TYPE, MODE, NLINK, MTIME, SIZE
    private const uint NeededFacts = 0x207; // MTIME is for show; without one of the others nothing is known

    private const int MaxSweeps = 16;
    private const int MaxDepth = 256;

    internal SafeFileHandle Handle => handle;

    internal static UnixFolder OpenRoot(string realPath, UnixResolver? resolver = null) => new(UnixResolver.OpenRoot(realPath), resolver ?? UnixResolver.Default);

    internal override HeldFolder OpenFolder(ReadOnlySpan<string> components) =>
        new UnixFolder(resolver.Open(handle, components, UnixFlags.HeldFolder, 0, follow: true), resolver);

    internal override HeldFolder OpenChild(string name) =>
        new UnixFolder(resolver.Open(handle, [name], UnixFlags.HeldFolder, 0, follow: false), resolver);

    internal override (SafeFileHandle Handle, EntryFacts Facts) OpenFile(ReadOnlySpan<string> components, FileMode mode, FileAccess access, bool followLast) =>
        OpenFile(components, mode, access, followLast, FileMode666);

    internal override SafeFileHandle CreateFile(string name, bool isPrivate) =>
        OpenFile([name], FileMode.CreateNew, FileAccess.Write, followLast: false, isPrivate ? FileMode600 : FileMode666).Handle;

    private (SafeFileHandle Handle, EntryFacts Facts) OpenFile(ReadOnlySpan<string> components, FileMode mode, FileAccess access, bool followLast, int permissions)
    {
        var flags = Flags(mode, access);

        // Non-blocking and without a controlling terminal, so that opening a pipe or device neither waits nor takes hold of anything; then only the
        // kind of what was opened decides.
        var file = resolver.Open(handle, components, flags | UnixFlags.NonBlocking | UnixFlags.NoTerminal | UnixFlags.CloseOnExec, permissions, followLast);
        try
        {
            var facts = FactsOf(file);
            if (facts.Kind != PathKind.File)
            {
                throw facts.Kind == PathKind.Folder ? UnixFault.Of(UnixFault.IsAFolder) : PathRefusedException.Special();
            }

            // The stream that gets it expects a descriptor that waits.
            if (UnixCalls.GetFlags(file) is var set && (set < 0 || UnixCalls.SetFlags(file, set & ~UnixFlags.NonBlocking) < 0))
            {
                throw UnixFault.Of(UnixFault.Last);
            }

            return (file, facts);
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
            if (OperatingSystem.IsMacOS() && !components.IsEmpty)
            {
                using var parent = resolver.Open(handle, components[..^1], UnixFlags.HeldFolder, 0, follow: true);
                var facts = FactsAt(parent, UnixCalls.Bytes(components[^1]));
                if (facts.Kind != PathKind.Link || !followLast)
                {
                    return facts;
                }
            }

            // Linux opens nothing by this. Darwin opens the target of a link for reading, without waiting for a pipe.
            using var entry = resolver.Open(handle, components, UnixFlags.PathOnly | UnixFlags.CloseOnExec | MacOnly(UnixFlags.NonBlocking | UnixFlags.NoTerminal), 0, followLast);
            return FactsOf(entry);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    internal override void CreateFolder(string name) => Check(UnixCalls.MakeFolderAt(handle, UnixCalls.Bytes(name), FolderMode777));

    internal override void Delete(string name, bool isFolder) => Check(UnixCalls.UnlinkAt(handle, UnixCalls.Bytes(name), isFolder ? UnixFlags.AtFolder : 0));

    internal override void DeleteTree(string name) => DeleteTree(handle, UnixCalls.Bytes(name), top: null, depth: 0);

    internal override void Move(string name, HeldFolder target, string newName, bool replace)
    {
        var (from, to, folder) = (UnixCalls.Bytes(name), UnixCalls.Bytes(newName), ((UnixFolder)target).Handle);
        if (!replace)
        {
            if (TryMoveExclusive(from, folder, to))
            {
                return;
            }

            // A file system that cannot say "only if nothing is there". What comes in between is replaced, beneath the root.
            if (((UnixFolder)target).Look([newName], followLast: false) is not null)
            {
                throw UnixFault.Of(UnixFault.Exists);
            }
        }

        if (UnixCalls.RenameAt(handle, from, folder, to) != 0)
        {
            throw MoveFault(UnixFault.Last);
        }
    }

    internal override List<(string Name, PathKind Kind)> List()
    {
        var entries = new List<(string, PathKind)>();
        foreach (var (name, kind) in FolderListing.Read(handle))
        {
            if (FolderListing.Text(name) is { } text && Kind(name, kind) is { } known)
            {
                entries.Add((text, known));
            }
        }

        return entries;
    }

    /// <summary>What an open descriptor is.</summary>
    internal static EntryFacts FactsOf(SafeFileHandle file)
    {
        var buffer = new byte[256];
        if (!OperatingSystem.IsMacOS())
        {
            Check(UnixCalls.Statx(file, [0], UnixFlags.EmptyPath, WantedFacts, buffer));
            return FromStatx(buffer);
        }

        Check(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? UnixCalls.Stat64(file, buffer) : UnixCalls.Stat(file, buffer));
        return FromStat(buffer);
    }

    protected override void Dispose(bool disposing) => handle.Dispose();

    private static EntryFacts FactsAt(SafeFileHandle folder, byte[] name)
    {
        var buffer = new byte[256];
        if (!OperatingSystem.IsMacOS())
        {
            Check(UnixCalls.Statx(folder, name, UnixFlags.AtNoFollow, WantedFacts, buffer));
            return FromStatx(buffer);
        }

        Check(RuntimeInformation.ProcessArchitecture == Architecture.X64
            ? UnixCalls.StatAt64(folder, name, buffer, UnixFlags.AtNoFollow)
            : UnixCalls.StatAt(folder, name, buffer, UnixFlags.AtNoFollow));
        return FromStat(buffer);
    }

    private static EntryFacts FromStatx(byte[] buffer) => (BitConverter.ToUInt32(buffer, 0) & NeededFacts) != NeededFacts
        ? throw new IOException("The file system does not say what stands there.")
        : new(
            KindOf(BitConverter.ToUInt16(buffer, 28)),
            BitConverter.ToInt64(buffer, 40),
            BitConverter.ToUInt32(buffer, 16),
            Time(BitConverter.ToInt64(buffer, 112), BitConverter.ToUInt32(buffer, 120)),
            (UnixFileMode)(BitConverter.ToUInt16(buffer, 28) & 0xFFF));

    // Darwin's structure, the same on both of its architectures.
    private static EntryFacts FromStat(byte[] buffer) => new(
        KindOf(BitConverter.ToUInt16(buffer, 4)),
        BitConverter.ToInt64(buffer, 96),
        BitConverter.ToUInt16(buffer, 6),
        Time(BitConverter.ToInt64(buffer, 48), BitConverter.ToInt64(buffer, 56)),
        (UnixFileMode)(BitConverter.ToUInt16(buffer, 4) & 0xFFF));

    private static DateTimeOffset Time(long seconds, long nanoseconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, -62_135_596_800, 253_402_300_799)).AddTicks(Math.Clamp(nanoseconds, 0, 999_999_999) / 100);

    private static PathKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => PathKind.File,
        0x4000 => PathKind.Folder,
        0xA000 => PathKind.Link,
        _ => PathKind.Special,
    };

    private static int Flags(FileMode mode, FileAccess access) =>
        access switch { FileAccess.Read => UnixFlags.ReadOnly, FileAccess.Write => UnixFlags.WriteOnly, _ => UnixFlags.ReadWrite }
        | mode switch
        {
            FileMode.CreateNew => UnixFlags.Create | UnixFlags.Exclusive,
            FileMode.Create or FileMode.OpenOrCreate => UnixFlags.Create,
            FileMode.Append => UnixFlags.Create | UnixFlags.Append,
            _ => 0,
        };

    private static int MacOnly(int flags) => OperatingSystem.IsMacOS() ? flags : 0;

    private static Exception MoveFault(int error) =>
        error == UnixFault.OtherSystem ? new IOException("Source and target lie on different file systems.") : UnixFault.Of(error);

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw UnixFault.Of(UnixFault.Last);
        }
    }

    /// <summary>Every level is opened from the one above and no link is followed, so what is exchanged meanwhile is removed itself or left.</summary>
    private static void DeleteTree(SafeFileHandle parent, byte[] name, SafeFileHandle? top, int depth)
    {
        if (depth > MaxDepth)
        {
            // Each level holds a descriptor. What lies deeper goes up into the folder that is to be removed, and with it in the next sweep: a caller who may
            // make folders could otherwise make one that nobody can remove.
            var higher = UnixCalls.Bytes($".mcpsec-{Guid.NewGuid():N}.tmp");
            if (UnixCalls.RenameAt(parent, name, top!, higher) != 0)
            {
                throw MoveFault(UnixFault.Last);
            }

            return;
        }

        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            using (var folder = WalkingOpen(parent, name))
            {
                foreach (var (child, _) in FolderListing.Read(folder))
                {
                    if (UnixCalls.UnlinkAt(folder, child, 0) == 0 || UnixFault.Last == UnixFault.NoEntry)
                    {
                        continue;
                    }

                    var error = UnixFault.Last;
                    if (FactsAt(folder, child).Kind != PathKind.Folder)
                    {
                        throw UnixFault.Of(error);
                    }

                    DeleteTree(folder, child, top ?? folder, depth + 1);
                }
            }

            if (UnixCalls.UnlinkAt(parent, name, UnixFlags.AtFolder) == 0)
            {
                return;
            }

            // Somebody has put something in meanwhile: sweep again, some times.
            if (UnixFault.Last != UnixFault.NotEmpty)
            {
                throw UnixFault.Of(UnixFault.Last);
            }
        }

        throw new IOException("The folder is filled faster than it can be emptied.");
    }

    private static SafeFileHandle WalkingOpen(SafeFileHandle parent, byte[] name)
    {
        var descriptor = UnixCalls.OpenAt(parent, name, UnixFlags.HeldFolder | UnixFlags.NoFollow, 0);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw UnixFault.Of(UnixFault.Last);
    }

    private bool TryMoveExclusive(byte[] from, SafeFileHandle folder, byte[] to)
    {
        nint result;
        if (OperatingSystem.IsMacOS())
        {
            result = UnixCalls.RenameAtExclusive(handle, from, folder, to, 4);
        }
        else if (RenameAt2Number is { } number)
        {
            result = UnixCalls.RenameAt2(number, handle, from, folder, to, 1);
        }
        else
        {
            return false;
        }

        if (result == 0)
        {
            return true;
        }

        var error = UnixFault.Last;
        return error == UnixFault.NoSystemCall || error is UnixFault.Invalid or UnixFault.NotPermitted ? false : throw MoveFault(error);
    }

    private static int? RenameAt2Number => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 316,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 276,
        _ => null,
    };

    // Some file systems leave the kind out of their listings.
    private PathKind? Kind(byte[] name, PathKind? listed)
    {
        if (listed is not null)
        {
            return listed;
        }

        try
        {
            return FactsAt(handle, name).Kind;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
