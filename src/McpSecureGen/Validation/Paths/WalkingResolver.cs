using System.Text;
using Microsoft.Win32.SafeHandles;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// Opens component by component with <c>O_NOFOLLOW</c> and reads links itself. Every folder on the way stays open, so that <c>..</c> in a link goes back to
/// the folder it came from and not to wherever that folder has been moved.
/// </summary>
internal sealed class WalkingResolver : UnixResolver
{
    private const int MaxTarget = 4096;
    private const int MaxComponents = 4096;

    internal override SafeFileHandle Open(SafeFileHandle root, ReadOnlySpan<string> components, int flags, int mode, bool follow)
    {
        var walk = new Route(root);
        try
        {
            walk.Add(components);
            return Open(walk, flags | UnixFlags.CloseOnExec, mode, follow);
        }
        finally
        {
            walk.Close();
        }
    }

    private static SafeFileHandle Open(Route walk, int flags, int mode, bool follow)
    {
        while (walk.TryNext(out var name))
        {
            if (name == "..")
            {
                walk.GoBack();
                continue;
            }

            var bytes = UnixCalls.Bytes(name);
            if (!walk.IsAtEnd)
            {
                if (TryOpen(walk.Current, bytes, UnixFlags.HeldFolder, 0, out var folder))
                {
                    walk.Enter(folder);
                }
                else
                {
                    walk.FollowLink(name, bytes);
                }

                continue;
            }

            // At the end. Without O_FOLDER, O_PATH opens a link itself, and has to be asked what it opened.
            var required = walk.MustBeFolder ? UnixFlags.Folder : 0;
            if (TryOpen(walk.Current, bytes, flags | required, mode, out var opened))
            {
                if (!follow || UnixFolder.FactsOf(opened).Kind != PathKind.Link)
                {
                    return opened;
                }

                opened.Dispose();
            }
            else if (!follow)
            {
                throw (flags & UnixFlags.Folder) != 0 ? UnixFault.Of(UnixFault.NotAFolder) : PathRefusedException.Link();
            }

            walk.FollowLink(name, bytes);
        }

        // The route ended in the folder it stands in: the held one, or the end of a link such as "..".
        return OpenAt(walk.Current, [(byte)'.', 0], flags & ~UnixFlags.Exclusive, mode);
    }

    /// <summary>Whether it opened; no, when the name may be a link. Any other failure throws.</summary>
    private static bool TryOpen(SafeFileHandle folder, byte[] name, int flags, int mode, out SafeFileHandle opened)
    {
        int descriptor, error = 0;
        while ((descriptor = UnixCalls.OpenAt(folder, name, flags | UnixFlags.NoFollow, mode)) < 0 && (error = UnixFault.Last) == UnixFault.Interrupted)
        {
            // A signal came in between.
        }

        opened = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null!;
        return descriptor >= 0 || (error == UnixFlags.Loop || error == UnixFault.NotAFolder ? false : throw UnixFault.Of(error));
    }

    /// <summary>Where the walk stands, what is left of it, and the folders it came through.</summary>
    private sealed class Route(SafeFileHandle root)
    {
        private readonly Stack<SafeFileHandle> _entered = new();
        private readonly Stack<string> _pending = new();
        private int _links;

        internal SafeFileHandle Current => _entered.TryPeek(out var folder) ? folder : root;

        internal bool IsAtEnd => _pending.Count == 0;

        /// <summary>Whether the last link ended in a separator.</summary>
        internal bool MustBeFolder { get; private set; }

        internal void Add(ReadOnlySpan<string> components)
        {
            for (var index = components.Length - 1; index >= 0; index--)
            {
                _pending.Push(components[index]);
            }
        }

        internal bool TryNext(out string name) => _pending.TryPop(out name!);

        internal void Enter(SafeFileHandle folder) => _entered.Push(folder);

        internal void GoBack()
        {
            if (!_entered.TryPop(out var left))
            {
                throw PathRefusedException.Outside();
            }

            left.Dispose();
        }

        /// <summary>Puts the target of a link in the place of its name.</summary>
        /// <exception cref="IOException">It is no link, leads out by an absolute path, or is one too many.</exception>
        internal void FollowLink(string name, byte[] bytes)
        {
            if (++_links > MaxLinks)
            {
                throw PathRefusedException.Outside();
            }

            var buffer = new byte[MaxTarget];
            var length = UnixCalls.ReadLinkAt(Current, bytes, buffer, buffer.Length);
            if (length < 0)
            {
                // No link, or not one any more: a file where a folder is needed. Whoever exchanges entries meanwhile gets a refusal.
                throw UnixFault.Of(UnixFault.Last == UnixFault.Invalid ? UnixFault.NotAFolder : UnixFault.Last);
            }

            if (length == 0 || length == buffer.Length || buffer[0] == (byte)'/')
            {
                throw PathRefusedException.Outside();
            }

            string target;
            try
            {
                target = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer, 0, (int)length);
            }
            catch (DecoderFallbackException notText)
            {
                throw new PathRefusedException("A link on the way cannot be read as text.", notText);
            }

            if (_pending.Count == 0)
            {
                MustBeFolder |= target.EndsWith('/') || target.EndsWith("/.", StringComparison.Ordinal);
            }

            var components = target.Split('/');
            for (var index = components.Length - 1; index >= 0; index--)
            {
                if (components[index] is not ("" or "."))
                {
                    _pending.Push(components[index]);
                }
            }

            if (_pending.Count > MaxComponents)
            {
                throw PathRefusedException.Outside();
            }
        }

        internal void Close()
        {
            foreach (var folder in _entered)
            {
                folder.Dispose();
            }
        }
    }
}
