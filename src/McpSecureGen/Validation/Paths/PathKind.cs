namespace McpSecureGen;

/// <summary>What stands at a path, a link at its end not followed.</summary>
public enum PathKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link; on Windows any reparse point, junctions included.</summary>
    Link,

    /// <summary>A pipe, socket or device: reading may block for ever or have effects, so it is never opened.</summary>
    Special,
}
