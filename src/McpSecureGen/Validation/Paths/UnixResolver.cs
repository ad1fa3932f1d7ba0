using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>Opens what a path names beneath a held folder, without a moment in which something exchanged meanwhile could lead out of it.</summary>
internal abstract class UnixResolver
{
    // As Linux: more than 40 links is a loop.
    private protected const int MaxLinks = 40;

    private static readonly Lazy<UnixResolver> Chosen = new(static () => KernelResolver.IsSupported() ? new KernelResolver() : Walk!);

    /// <summary>The component walk, for kernels and sandboxes without <c>openat2</c>.</summary>
    internal static UnixResolver Walk { get; } = new WalkingResolver();

    /// <summary>The kernel where it can, and the walk where it cannot.</summary>
    internal static UnixResolver Default => Chosen.Value;

    /// <summary>Opens an entry.</summary>
    /// <param name="root">The held folder.</param>
    /// <param name="components">Names without <c>.</c> and <c>..</c>; none for the folder itself.</param>
    /// <param name="flags">Those of <c>open</c>.</param>
    /// <param name="mode">The permissions of a file that is created.</param>
    /// <param name="follow">Whether a link at the end is followed; links before it always are, beneath the folder.</param>
    internal abstract SafeFileHandle Open(SafeFileHandle root, ReadOnlySpan<string> components, int flags, int mode, bool follow);

    /// <summary>Opens the folder of a root by its real path, in which nothing is a link.</summary>
    internal static SafeFileHandle OpenRoot(string realPath)
    {
        int slash;
        while ((slash = UnixCalls.Open([(byte)'/', 0], UnixFlags.HeldFolder)) < 0)
        {
            if (UnixFault.Last != UnixFault.Interrupted)
            {
                throw UnixFault.Of(UnixFault.Last);
            }
        }

        var current = new SafeFileHandle(slash, ownsHandle: true);
        foreach (var name in RealPath.Split(realPath))
        {
            using var before = current;
            current = OpenAt(before, UnixCalls.Bytes(name), UnixFlags.HeldFolder | UnixFlags.NoFollow, 0);
        }

        return current;
    }

    private protected static SafeFileHandle OpenAt(SafeFileHandle folder, byte[] name, int flags, int mode)
    {
        int descriptor;
        while ((descriptor = UnixCalls.OpenAt(folder, name, flags, mode)) < 0)
        {
            if (UnixFault.Last != UnixFault.Interrupted)
            {
                throw UnixFault.Of(UnixFault.Last);
            }
        }

        return new SafeFileHandle(descriptor, ownsHandle: true);
    }
}
