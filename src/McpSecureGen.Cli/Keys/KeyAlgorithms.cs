namespace McpSecureGen.Cli.Keys;

/// <summary>The algorithms that servers accept (RFC 7518, section 3.1).</summary>
internal static class KeyAlgorithms
{
    /// <summary>ECDSA on P-256.</summary>
    public const string ES256 = "ES256";

    /// <summary>RSA, PKCS #1 v1.5.</summary>
    public const string RS256 = "RS256";

    /// <summary>RSA-PSS.</summary>
    public const string PS256 = "PS256";

    /// <summary>HMAC: signer and verifier share one secret.</summary>
    public const string HS256 = "HS256";

    public static readonly string[] All = [ES256, RS256, PS256, HS256];
}
