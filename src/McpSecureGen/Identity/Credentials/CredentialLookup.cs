namespace McpSecureGen.Identity;

/// <summary>What one source found in one request. The default value is <see cref="CredentialStatus.Absent"/>.</summary>
/// <param name="Status">Whether there is a credential.</param>
/// <param name="Token">The token; null unless present.</param>
/// <param name="Source">Where it was found; without meaning when absent.</param>
public readonly record struct CredentialLookup(CredentialStatus Status, string? Token, CallerSource Source)
{
    /// <summary>
    /// The RFC 7638 thumbprint of the key that a verified DPoP proof of this request was signed with (RFC 9449); null when the request carried none.
    /// Whoever sets it has checked the proof.
    /// </summary>
    public string? ProofKeyThumbprint { get; init; }

    /// <summary>Nothing found.</summary>
    public static CredentialLookup Absent => default;

    /// <summary>A token to validate. Empty text or more than 8 KiB is no token: <see cref="CredentialStatus.Invalid"/>.</summary>
    public static CredentialLookup Of(string? token, CallerSource source) =>
        string.IsNullOrWhiteSpace(token) || token.Length > CompactToken.MaxLength ? Invalid(source) : new(CredentialStatus.Present, token, source);

    /// <summary>Nothing found, and nowhere else to look.</summary>
    public static CredentialLookup Missing(CallerSource source) => new(CredentialStatus.Missing, null, source);

    /// <summary>Something found that cannot be used.</summary>
    public static CredentialLookup Invalid(CallerSource source) => new(CredentialStatus.Invalid, null, source);

    /// <summary>The status and source. The token is left out, so that no log line carries it.</summary>
    public override string ToString() => $"{Status} ({Source})";
}
