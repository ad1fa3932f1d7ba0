using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// <c>openat2(2)</c> with <c>RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS</c>, Linux 5.6 and later: the kernel itself refuses every step that would leave the
/// folder, absolute links and <c>..</c> included.
/// </summary>
internal sealed class KernelResolver : UnixResolver
{
    private const ulong NoMagicLinks = 0x02;
    private const ulong Beneath = 0x08;

    // The kernel cannot tell whether ".." is safe while something is renamed anywhere in the system, and says "again". The walk needs no such luck.
    private const int MaxAttempts = 64;

    internal static bool IsSupported()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Android kills a process that makes a call its sandbox does not know.
            return false;
        }

        using var slash = OpenRoot("/");
        var how = How(UnixFlags.HeldFolder, 0);
        var descriptor = UnixCalls.OpenAt2(UnixCalls.OpenAt2Number, slash, [(byte)'.', 0], ref how, Unsafe.SizeOf<UnixCalls.OpenHow>());
        using var opened = new SafeFileHandle(descriptor, ownsHandle: true);
        return descriptor >= 0;
    }

    internal override SafeFileHandle Open(SafeFileHandle root, ReadOnlySpan<string> components, int flags, int mode, bool follow)
    {
        var path = components.IsEmpty ? [(byte)'.', 0] : UnixCalls.Bytes(string.Join('/', components));
        var how = How(flags | UnixFlags.CloseOnExec | (follow ? 0 : UnixFlags.NoFollow), mode);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var descriptor = UnixCalls.OpenAt2(UnixCalls.OpenAt2Number, root, path, ref how, Unsafe.SizeOf<UnixCalls.OpenHow>());
            if (descriptor >= 0)
            {
                return new SafeFileHandle(descriptor, ownsHandle: true);
            }

            var error = UnixFault.Last;
            if (error == UnixFault.NoSystemCall || error == UnixFault.NotPermitted)
            {
                // A sandbox that closed after the start. Where the file itself is what is not permitted, the walk says so too.
                break;
            }

            if (error != UnixFault.Again && error != UnixFault.Interrupted)
            {
                throw UnixFault.Of(error);
            }
        }

        return Walk.Open(root, components, flags, mode, follow);
    }

    private static UnixCalls.OpenHow How(int flags, int mode) => new()
    {
        Flags = (uint)flags,
        Mode = (flags & UnixFlags.Create) == 0 ? 0 : (uint)mode,
        Resolve = Beneath | NoMagicLinks,
    };
}
