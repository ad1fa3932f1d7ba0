using McpSecureGen;

namespace FileServer;

/// <summary>What a client learns of a file or folder.</summary>
/// <param name="Path">Below the workspace.</param>
/// <param name="Kind"><c>file</c>, <c>folder</c>, <c>link</c> or <c>special</c>. Links are named and not followed.</param>
/// <param name="Bytes">The length of a file.</param>
/// <param name="Changed">When it was last written to, UTC.</param>
public sealed record FileEntry(string Path, string Kind, long? Bytes, DateTime Changed)
{
    internal static FileEntry Of(ConfinedPath path)
    {
        var info = path.GetInfo();
        return new FileEntry(path.Relative, info.Kind.ToString().ToLowerInvariant(), info.Length, info.Modified.UtcDateTime);
    }
}
