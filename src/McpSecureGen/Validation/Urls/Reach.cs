namespace McpSecureGen.Validation.Urls;

/// <summary>From where an address or a name can be reached; the greater, the stricter.</summary>
internal enum Reach
{
    /// <summary>From the public internet.</summary>
    Public,

    /// <summary>From a private network or this machine alone: needs <see cref="SafeUrlAttribute.AllowPrivate"/>.</summary>
    Private,

    /// <summary>Cloud metadata, link-local, multicast, reserved: never connected to.</summary>
    Never,
}
