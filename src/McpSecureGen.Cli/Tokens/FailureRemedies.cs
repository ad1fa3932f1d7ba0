using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tokens;

/// <summary>What to do about a token that is not accepted.</summary>
internal static class FailureRemedies
{
    public static string For(AuthenticationFailure failure) => failure switch
    {
        AuthenticationFailure.Malformed => "Not a signed JWT of at most 8 KiB in its canonical spelling, or a claim has the wrong type.",
        AuthenticationFailure.Expired => "exp has passed. Issue a new token.",
        AuthenticationFailure.NotYetValid => "nbf or iat lies in the future. Compare the clocks of issuer and server.",
        AuthenticationFailure.WrongAudience => "aud does not hold the server's audience exactly. Issue the token for this server.",
        AuthenticationFailure.WrongIssuer => "iss is not exactly the server's issuer; a slash at the end counts.",
        AuthenticationFailure.UnknownKey => "kid is absent or not in the key set. Give the set of the issuer that signed the token.",
        AuthenticationFailure.BadSignature => "The signature does not fit the key that kid names.",
        AuthenticationFailure.LifetimeTooLong => "exp minus iat exceeds what the server accepts (McpSecurity:Authentication:MaxTokenLifetime).",
        AuthenticationFailure.MissingClaim =>
            "exp, iat, sub or jti is absent or empty. Where the issuer names jti otherwise, set McpSecurity:Authentication:TokenIdClaim.",
        AuthenticationFailure.UnsupportedHeader =>
            "The header names a type, an algorithm, a key or an extension that servers do not take, or no typ. Where the issuer writes no typ, set "
            + "McpSecurity:Authentication:AllowMissingType.",
        AuthenticationFailure.Unavailable => "The check could not be made: the keys cannot be read or fetched, or a shared store does not answer.",
        AuthenticationFailure.Revoked => "The token, or every token of its subject issued until then, was revoked.",
        AuthenticationFailure.ProofRequired => "The server takes only tokens bound to a key (cnf.jkt). Issue it with --dpop-jwk.",
        AuthenticationFailure.InvalidProof => "The token is bound by something other than a single key thumbprint (cnf.jkt).",
        _ => "Refused.",
    };
}
