using McpSecureGen.Capabilities;
using McpSecureGen.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>Turns an access token into a <see cref="Caller"/>, or says why not.</summary>
/// <remarks>
/// <para>Accepted: a signed JWT (RFC 9068, RFC 8725) of at most 8 KiB, <c>typ</c> <c>at+jwt</c> or <c>JWT</c>, whose <c>kid</c> names a configured key and
/// whose algorithm is the one that key is for (EC P-256: ES256; RSA: RS256, PS256; secret: HS256); <c>iss</c> and <c>aud</c> exactly as
/// configured; <c>exp</c>, <c>iat</c>, <c>sub</c> and <c>jti</c> present.</para>
/// <para>A validated token is remembered until it expires or the key set changes. Safe for use by several threads.</para>
/// </remarks>
public sealed class CallerAuthenticator
{
    private readonly AuthenticationSettings _settings;
    private readonly VerificationKeyRing _keys;
    private readonly CapabilityVocabulary _vocabulary;
    private readonly RoleTable _roles;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = CompactToken.MaxLength };

    /// <summary>Checks the options and reads the keys.</summary>
    /// <param name="options">Whose tokens are accepted; copied.</param>
    /// <param name="vocabulary">Decides which scopes are capabilities.</param>
    /// <param name="roles">What the roles of a token grant.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="McpSecurityConfigurationException">A setting is missing, out of range or unsafe; each is named with its remedy.</exception>
    public CallerAuthenticator(AuthenticationOptions options, CapabilityVocabulary vocabulary, RoleTable roles, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(time);

        (_settings, _keys) = AuthenticationSettings.Read(options, time);
        _vocabulary = vocabulary;
        _roles = roles;
        _time = time;
    }

    /// <summary>Judges a token. Never throws; allocates nothing for a token seen before.</summary>
    /// <param name="token">The compact JWS, without <c>Bearer</c>.</param>
    /// <param name="source">Where it came from; stands in the caller.</param>
    public AuthenticationResult Authenticate(string token, CallerSource source) => Proved(Judge(token, source), null);

    private AuthenticationResult Judge(string token, CallerSource source)
    {
        if (string.IsNullOrEmpty(token))
        {
            return AuthenticationResult.Refused(AuthenticationFailure.NoCredential);
        }

        if (token.Length > CompactToken.MaxLength)
        {
            return AuthenticationResult.Refused(AuthenticationFailure.Malformed);
        }

        try
        {
            if (_keys.Current is not { } epoch)
            {
                return AuthenticationResult.Refused(AuthenticationFailure.Unavailable);
            }

            var now = _time.GetUtcNow();
            return epoch.Validated.TryGet(token, source, now, out var caller)
                ? new(caller, AuthenticationFailure.None)
                : Validate(token, source, epoch, now);
        }
#pragma warning disable CA1031 // A check that breaks refuses, whatever broke it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return AuthenticationResult.Refused(AuthenticationFailure.Unavailable);
        }
    }

    /// <summary>Judges a token as <see cref="Authenticate"/> does, and asks what lies outside this process.</summary>
    /// <param name="token">The compact JWS, without <c>Bearer</c>.</param>
    /// <param name="source">Where it came from; stands in the caller.</param>
    /// <param name="cancellationToken">The end of the request.</param>
    public ValueTask<AuthenticationResult> AuthenticateAsync(string token, CallerSource source, CancellationToken cancellationToken) =>
        AuthenticateAsync(token, source, null, cancellationToken);

    /// <summary>Judges a token that came with a proof of possession.</summary>
    /// <param name="token">The compact JWS, without <c>Bearer</c> or <c>DPoP</c>.</param>
    /// <param name="source">Where it came from; stands in the caller.</param>
    /// <param name="proofKeyThumbprint">
    /// The thumbprint (RFC 7638) of the key that the request has proved, by a proof already verified; null for none. It must be the token's
    /// <c>cnf.jkt</c>: a bound token without it and a proof for an unbound token are both refused.
    /// </param>
    /// <param name="cancellationToken">The end of the request.</param>
    public ValueTask<AuthenticationResult> AuthenticateAsync(
        string token, CallerSource source, string? proofKeyThumbprint, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Proved(Judge(token, source), proofKeyThumbprint));
    }

    private static AuthenticationResult Proved(AuthenticationResult result, string? proofKeyThumbprint)
    {
        if (!result.Succeeded || string.Equals(result.Caller.ProofKeyThumbprint, proofKeyThumbprint, StringComparison.Ordinal))
        {
            return result;
        }

        return AuthenticationResult.Refused(
            proofKeyThumbprint is null ? AuthenticationFailure.ProofRequired : AuthenticationFailure.InvalidProof);
    }

    private AuthenticationResult Validate(string token, CallerSource source, KeyEpoch epoch, DateTimeOffset now)
    {
        if (CompactToken.TryRead(token) is not { } content)
        {
            return AuthenticationResult.Refused(AuthenticationFailure.Malformed);
        }

        if (!TokenHeader.IsSupported(content.Header))
        {
            return AuthenticationResult.Refused(AuthenticationFailure.UnsupportedHeader);
        }

        if (TokenHeader.KeyId(content.Header) is not { } kid || epoch.Keys.Find(kid) is not { } key)
        {
            return AuthenticationResult.Refused(AuthenticationFailure.UnknownKey);
        }

        if (!key.Verifies(TokenHeader.Algorithm(content.Header)))
        {
            return AuthenticationResult.Refused(AuthenticationFailure.UnsupportedHeader);
        }

        // Completes at once: the keys are here, nothing is fetched. The synchronous method of the library is obsolete and does the same.
        var verdict = _handler.ValidateTokenAsync(token, ParametersFor(key)).GetAwaiter().GetResult();
        if (verdict.Exception is SecurityTokenInvalidSignatureException or SecurityTokenInvalidSigningKeyException or SecurityTokenInvalidAlgorithmException)
        {
            return AuthenticationResult.Refused(AuthenticationFailure.BadSignature);
        }

        if (TokenClaims.TryRead(content.Payload, _settings, now, out var failure) is not { } claims)
        {
            return AuthenticationResult.Refused(failure);
        }

        // Both judges must agree: what the library refuses for a reason we do not know stays refused.
        if (!verdict.IsValid)
        {
            return AuthenticationResult.Refused(AuthenticationFailure.Malformed);
        }

        var caller = new Caller(claims, GrantedCapabilities.From(_vocabulary, claims.Grants(_roles)), source);
        epoch.Validated.Add(token, caller, Earlier(claims.NotBefore), Later(claims.ExpiresAt));
        return new(caller, AuthenticationFailure.None);
    }

    private DateTimeOffset Earlier(DateTimeOffset date) =>
        date - DateTimeOffset.MinValue > _settings.ClockSkew ? date - _settings.ClockSkew : DateTimeOffset.MinValue;

    private DateTimeOffset Later(DateTimeOffset date) =>
        DateTimeOffset.MaxValue - date > _settings.ClockSkew ? date + _settings.ClockSkew : DateTimeOffset.MaxValue;

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now - end < _settings.ClockSkew && (notBefore is not { } start || start - now <= _settings.ClockSkew);
    }

    private TokenValidationParameters ParametersFor(VerificationKey key) => new()
    {
        IssuerSigningKey = key.Key,
        TryAllIssuerSigningKeys = false,
        ValidateIssuerSigningKey = true,
        ValidAlgorithms = key.Algorithms,
        RequireSignedTokens = true,
        ValidateIssuer = true,
        ValidIssuer = _settings.Issuer,
        ValidateAudience = true,
        RequireAudience = true,
        ValidAudience = _settings.Audience,

        // The library's default takes "https://a" for "https://a/".
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidateLifetime = true,
        RequireExpirationTime = true,
        ClockSkew = _settings.ClockSkew,

        // The library has no public way to give it a clock.
        LifetimeValidator = IsAlive,
        IncludeTokenOnFailedValidation = false,
        LogValidationExceptions = false,
    };
}
