using System.Text.Json;
using McpSecureGen.Capabilities;
using McpSecureGen.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>Turns an access token into a <see cref="Caller"/>, or says why not.</summary>
/// <remarks>
/// <para>Accepted: a signed JWT (RFC 9068, RFC 8725) of at most 8 KiB, <c>typ</c> <c>at+jwt</c> or <c>JWT</c>, whose <c>kid</c> names a configured key and
/// whose algorithm is the one that key is for (EC P-256: ES256; RSA: RS256, PS256; secret: HS256); <c>iss</c> and <c>aud</c> exactly as
/// configured; <c>exp</c>, <c>iat</c>, <c>sub</c> and the token's id present. <c>iss</c> chooses the issuer, and only that issuer's keys are tried.</para>
/// <para>A validated token is remembered until it expires or the key set changes. Safe for use by several threads.</para>
/// </remarks>
public sealed class CallerAuthenticator
{
    private readonly IReadOnlyDictionary<string, TrustedIssuer> _issuers;
    private readonly TimeSpan _skew;
    private readonly ValidatedTokens _validated = new();
    private readonly RevocationCheck? _revocation;
    private readonly CapabilityVocabulary _vocabulary;
    private readonly RoleTable _roles;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = CompactToken.MaxLength };

    /// <summary>Checks the options and reads the keys.</summary>
    /// <param name="options">Whose tokens are accepted; copied.</param>
    /// <param name="vocabulary">Decides which scopes are capabilities.</param>
    /// <param name="roles">What the roles of a token grant.</param>
    /// <param name="time">The clock.</param>
    /// <param name="revocation">The list of what was revoked; null for none.</param>
    /// <exception cref="McpSecurityConfigurationException">A setting is missing, out of range or unsafe; each is named with its remedy.</exception>
    public CallerAuthenticator(
        AuthenticationOptions options, CapabilityVocabulary vocabulary, RoleTable roles, TimeProvider time, TokenRevocation? revocation = null)
        : this(options, vocabulary, roles, time, revocation, NullLoggerFactory.Instance, null)
    {
    }

    internal CallerAuthenticator(
        AuthenticationOptions options,
        CapabilityVocabulary vocabulary,
        RoleTable roles,
        TimeProvider time,
        TokenRevocation? revocation,
        ILoggerFactory loggers,
        KeySetSources? keySetSources)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(time);

        var log = loggers.CreateLogger<CallerAuthenticator>();
        _issuers = AuthenticationSettings.Read(options, time, log, keySetSources);
        _revocation = revocation is null ? null : new(revocation, options.Revocation, time, log);
        _skew = options.ClockSkew;
        _vocabulary = vocabulary;
        _roles = roles;
        _time = time;
    }

    /// <summary>Judges a token by the keys in hand. Never throws; allocates nothing for a token seen before.</summary>
    /// <remarks>Internal: it cannot ask whether a token was revoked.</remarks>
    internal AuthenticationResult Authenticate(string token, CallerSource source) => Answer(Judge(token, source), null);

    /// <summary>Judges a token that came without a proof of possession.</summary>
    /// <param name="token">The compact JWS, without <c>Bearer</c>.</param>
    /// <param name="source">Where it came from; stands in the caller.</param>
    /// <param name="cancellationToken">The end of the request.</param>
    public ValueTask<AuthenticationResult> AuthenticateAsync(string token, CallerSource source, CancellationToken cancellationToken) =>
        AuthenticateAsync(token, source, null, cancellationToken);

    /// <summary>
    /// Judges a token. Throws nothing but the cancellation. For a token seen before it completes at once and allocates nothing; otherwise it may wait
    /// for the keys of the issuer and for the list of what was revoked.
    /// </summary>
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
        var verdict = Judge(token, source);

        // Keys that were replaced or withdrawn while the token was judged by them count as little as those that should be fetched.
        if (verdict.Issuer is { } issuer && (issuer.Keys.IsFetchWorthwhile(verdict.Failure) || !ReferenceEquals(issuer.Keys.Current, verdict.Epoch)))
        {
            return AnswerAfterFetchAsync(issuer, token, source, proofKeyThumbprint, cancellationToken);
        }

        var result = Answer(verdict, proofKeyThumbprint);
        if (!result.Succeeded || _revocation is null)
        {
            return new(result);
        }

        return _revocation.Known(verdict.Token!.Revocation) is { } known
            ? new(Unless(known, result))
            : AnswerAfterListAsync(_revocation, verdict.Token, result, cancellationToken);
    }

    private async ValueTask<AuthenticationResult> AnswerAfterFetchAsync(
        TrustedIssuer issuer, string token, CallerSource source, string? proofKeyThumbprint, CancellationToken cancellationToken)
    {
        await issuer.Keys.FetchAsync(cancellationToken).ConfigureAwait(false);
        var verdict = Judge(token, source);
        var result = Answer(verdict, proofKeyThumbprint);
        return result.Succeeded && _revocation is not null
            ? await AnswerAfterListAsync(_revocation, verdict.Token!, result, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private static async ValueTask<AuthenticationResult> AnswerAfterListAsync(
        RevocationCheck revocation, ValidatedToken token, AuthenticationResult result, CancellationToken cancellationToken) =>
        Unless(await revocation.AskAsync(token.Revocation, cancellationToken).ConfigureAwait(false), result);

    private static AuthenticationResult Unless(RevocationAnswer answer, AuthenticationResult result) => answer switch
    {
        RevocationAnswer.Clear => result,
        RevocationAnswer.Revoked => AuthenticationResult.Refused(AuthenticationFailure.Revoked),
        _ => AuthenticationResult.Refused(AuthenticationFailure.Unavailable),
    };

    private static AuthenticationResult Answer(in Verdict verdict, string? proofKeyThumbprint)
    {
        if (verdict.Token is null)
        {
            return AuthenticationResult.Refused(verdict.Failure);
        }

        var caller = verdict.Token.Caller;
        if (string.Equals(caller.ProofKeyThumbprint, proofKeyThumbprint, StringComparison.Ordinal))
        {
            return new(caller, AuthenticationFailure.None);
        }

        return AuthenticationResult.Refused(
            proofKeyThumbprint is null ? AuthenticationFailure.ProofRequired : AuthenticationFailure.InvalidProof);
    }

    private Verdict Judge(string token, CallerSource source)
    {
        if (string.IsNullOrEmpty(token))
        {
            return new(AuthenticationFailure.NoCredential);
        }

        if (token.Length > CompactToken.MaxLength)
        {
            return new(AuthenticationFailure.Malformed);
        }

        try
        {
            var now = _time.GetUtcNow();
            return _validated.Find(token, source, now) is { } seen ? new(seen) : Validate(token, source, now);
        }
#pragma warning disable CA1031 // A check that breaks refuses, whatever broke it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new(AuthenticationFailure.Unavailable);
        }
    }

    private Verdict Validate(string token, CallerSource source, DateTimeOffset now)
    {
        if (CompactToken.TryRead(token) is not { } content)
        {
            return new(AuthenticationFailure.Malformed);
        }

        if (!TokenHeader.IsSupported(content.Header))
        {
            return new(AuthenticationFailure.UnsupportedHeader);
        }

        // Not trusted yet: it chooses whose keys are tried, and the signature is then that issuer's or none (mix-up).
        if (!content.Payload.TryGetProperty("iss", out var iss)
            || iss.ValueKind != JsonValueKind.String
            || !_issuers.TryGetValue(iss.GetString()!, out var issuer))
        {
            return new(AuthenticationFailure.WrongIssuer);
        }

        // Before any key is looked for: a token that cannot be accepted fetches nothing.
        if (!issuer.Settings.AllowMissingType && !TokenHeader.HasType(content.Header))
        {
            return new(AuthenticationFailure.UnsupportedHeader);
        }

        if (issuer.Keys.Current is not { } epoch)
        {
            return new(AuthenticationFailure.Unavailable, issuer);
        }

        if (TokenHeader.KeyId(content.Header) is not { } kid || epoch.Keys.Find(kid) is not { } key)
        {
            return new(AuthenticationFailure.UnknownKey, issuer, epoch);
        }

        return key.Verifies(TokenHeader.Algorithm(content.Header))
            ? Validate(token, source, content, issuer, epoch, key, now)
            : new(AuthenticationFailure.UnsupportedHeader);
    }

    private Verdict Validate(
        string token, CallerSource source, CompactToken content, TrustedIssuer issuer, KeyEpoch epoch, VerificationKey key, DateTimeOffset now)
    {
        // Completes at once: the keys are here, nothing is fetched. The synchronous method of the library is obsolete and does the same.
        var verdict = _handler.ValidateTokenAsync(token, ParametersFor(issuer.Settings, key)).GetAwaiter().GetResult();
        if (verdict.Exception is SecurityTokenInvalidSignatureException or SecurityTokenInvalidSigningKeyException or SecurityTokenInvalidAlgorithmException)
        {
            return new(AuthenticationFailure.BadSignature);
        }

        if (TokenClaims.TryRead(content.Payload, issuer.Settings, now, out var failure) is not { } claims)
        {
            return new(failure);
        }

        // Both judges must agree: what the library refuses for a reason we do not know stays refused.
        if (!verdict.IsValid)
        {
            return new(AuthenticationFailure.Malformed);
        }

        var caller = new Caller(claims, GrantedCapabilities.From(_vocabulary, claims.Grants(_roles)), source);
        var validated = new ValidatedToken(caller, Earlier(claims.NotBefore), Later(claims.ExpiresAt), issuer, epoch, new(caller, _skew));
        return new(_validated.Add(token, validated));
    }

    private DateTimeOffset Earlier(DateTimeOffset date) => date - DateTimeOffset.MinValue > _skew ? date - _skew : DateTimeOffset.MinValue;

    private DateTimeOffset Later(DateTimeOffset date) => DateTimeOffset.MaxValue - date > _skew ? date + _skew : DateTimeOffset.MaxValue;

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return expires is { } end && now - end < _skew && (notBefore is not { } start || start - now <= _skew);
    }

    private TokenValidationParameters ParametersFor(IssuerSettings settings, VerificationKey key) => new()
    {
        IssuerSigningKey = key.Key,
        TryAllIssuerSigningKeys = false,
        ValidateIssuerSigningKey = true,
        ValidAlgorithms = key.Algorithms,
        RequireSignedTokens = true,
        ValidateIssuer = true,
        ValidIssuer = settings.Issuer,
        ValidateAudience = true,
        RequireAudience = true,
        ValidAudience = settings.Audience,

        // The library's default takes "https://a" for "https://a/".
        IgnoreTrailingSlashWhenValidatingAudience = false,
        ValidateLifetime = true,
        RequireExpirationTime = true,
        ClockSkew = _skew,

        // The library has no public way to give it a clock.
        LifetimeValidator = IsAlive,
        IncludeTokenOnFailedValidation = false,
        LogValidationExceptions = false,
    };

    /// <summary>A token that passed, or why not; with the issuer where other keys of it could change the answer, and the keys that it was judged by.</summary>
    private readonly record struct Verdict(
        AuthenticationFailure Failure, TrustedIssuer? Issuer = null, KeyEpoch? Epoch = null, ValidatedToken? Token = null)
    {
        public Verdict(ValidatedToken token)
            : this(AuthenticationFailure.None, token.Issuer, token.Epoch, token)
        {
        }
    }
}
