using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpSecureGen.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>Judges the <c>DPoP</c> header of a request by every check of RFC 9449, section 4.3. Safe for use by several threads.</summary>
/// <remarks>
/// That the proved key is the token's (<c>cnf.jkt</c>, check 12) is judged by <see cref="CallerAuthenticator"/>, to which the thumbprint is handed.
/// </remarks>
internal sealed class ProofVerifier
{
    private const int MaxProofIdLength = 256;

    /// <summary>Longer than any command to Redis may take. A memory that has not answered by then does not answer.</summary>
    private static readonly TimeSpan MemoryLimit = TimeSpan.FromSeconds(5);

    /// <summary>Other keys than the proof's own, extensions that change what is signed, compression, encryption.</summary>
    private static readonly string[] RefusedHeaders = ["jku", "x5u", "x5c", "crit", "b64", "zip", "enc"];

    private readonly TimeSpan _lifetime;
    private readonly TimeSpan _skew;
    private readonly bool _requireNonce;
    private readonly ProofNonces _nonces;
    private readonly IReplayCache _used;
    private readonly ProofShares _shares;
    private readonly CallerAuthenticator? _tokens;
    private readonly TimeProvider _time;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = CompactToken.MaxLength };

    /// <param name="options">Checked by <see cref="CallerAuthenticator"/> at start-up.</param>
    /// <param name="used">Where used proofs are remembered.</param>
    /// <param name="tokens">
    /// Keeps the memory for proofs that come with an acceptable token: anyone can make a key and sign proofs. Null remembers every proof.
    /// </param>
    /// <param name="time">The clock.</param>
    public ProofVerifier(DPoPOptions options, IReplayCache used, CallerAuthenticator? tokens, TimeProvider time)
    {
        _lifetime = options.ProofLifetime;
        _skew = options.ClockSkew;
        _requireNonce = options.RequireNonce;
        _nonces = new(options.ReadNonceKey(), time);
        _used = used;
        _shares = new(options.ProofLifetime, time);
        _tokens = tokens;
        _time = time;
    }

    /// <summary>The verifier of a container; for <c>AddSingleton</c>.</summary>
    public static ProofVerifier From(IServiceProvider services) => new(
        services.GetRequiredService<IOptions<McpSecurityOptions>>().Value.Authentication.DPoP,
        services.GetRequiredService<IReplayCache>(),
        services.GetRequiredService<HostSecurity>().Authenticator,
        services.GetService<TimeProvider>() ?? TimeProvider.System);

    /// <summary>The nonce for the <c>DPoP-Nonce</c> header of an answer.</summary>
    public string Nonce() => _nonces.Current();

    /// <summary>Judges one proof. Throws nothing but the cancellation of the request.</summary>
    /// <param name="method">The request's method, as received.</param>
    /// <param name="uri">The request's address as the client sees it: scheme, host, port and path.</param>
    /// <param name="header">All values of the <c>DPoP</c> header.</param>
    /// <param name="accessToken">The token that came with it.</param>
    /// <param name="cancellationToken">The end of the request.</param>
    public async ValueTask<ProofResult> VerifyAsync(
        string method, string uri, StringValues header, string accessToken, CancellationToken cancellationToken)
    {
        if (header.Count == 0)
        {
            return ProofResult.Refused(ProofFailure.Absent);
        }

        try
        {
            // Check 1: one header. Two would let a proxy and this server judge different proofs.
            if (header.Count != 1 || header[0] is not { } proof || CompactToken.TryRead(proof) is not { } content)
            {
                return ProofResult.Refused(ProofFailure.Invalid);
            }

            if (await VerifiedKeyAsync(proof, content.Header).ConfigureAwait(false) is not { } thumbprint
                || !Matches(content.Payload, method, uri, accessToken, out var proofId, out var expiresAt))
            {
                return ProofResult.Refused(ProofFailure.Invalid);
            }

            if (!HasNonce(content.Payload))
            {
                return ProofResult.Refused(ProofFailure.NonceRequired);
            }

            return await TokenAsync(accessToken, thumbprint, cancellationToken).ConfigureAwait(false)
                ?? await FirstUseAsync(thumbprint, proofId, expiresAt, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A check that breaks refuses, whatever broke it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ProofResult.Refused(ProofFailure.Unavailable);
        }
    }

    /// <summary>Checks 2 and 4 to 7: the header, the key, and the signature by that key. The thumbprint of the key, or null.</summary>
    private async ValueTask<string?> VerifiedKeyAsync(string proof, JsonElement header)
    {
        if (!IsString(header, "typ", "dpop+jwt")
            || RefusedHeaders.Any(name => header.TryGetProperty(name, out _))
            || !header.TryGetProperty("jwk", out var jwk)
            || JsonWebKeyReading.ReadProofKey(jwk) is not var (key, thumbprint))
        {
            return null;
        }

        using var algorithm = (IDisposable?)(key.Key as ECDsaSecurityKey)?.ECDsa ?? (key.Key as RsaSecurityKey)?.Rsa;
        if (!key.Verifies(TokenHeader.Algorithm(header)))
        {
            return null;
        }

        // The library remembers a provider for every key it sees; keys that anyone can make must not pile up there.
        key.Key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var verdict = await _handler.ValidateTokenAsync(proof, new TokenValidationParameters
        {
            IssuerSigningKey = key.Key,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = key.Algorithms,
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,

            // A proof has none of these claims; what it has instead is judged below.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
            IncludeTokenOnFailedValidation = false,
            LogValidationExceptions = false,
        }).ConfigureAwait(false);
        return verdict.IsValid ? thumbprint : null;
    }

    /// <summary>Checks 3, 8, 9, 11 and the first half of 12: the claims, against this request, this moment and this token.</summary>
    private bool Matches(JsonElement payload, string method, string uri, string accessToken, out string proofId, out DateTimeOffset expiresAt)
    {
        proofId = "";
        expiresAt = default;
        if (Text(payload, "jti") is not { Length: > 0 and <= MaxProofIdLength } id
            || !IsString(payload, "htm", method)
            || Text(payload, "htu") is not { } target
            || !ProofTarget.AreSame(target, uri)
            || !IsString(payload, "ath", Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken))))
            || !payload.TryGetProperty("iat", out var iat)
            || iat.ValueKind != JsonValueKind.Number
            || !iat.TryGetInt64(out var seconds))
        {
            return false;
        }

        var now = _time.GetUtcNow();
        var age = now.ToUnixTimeSeconds() - (Int128)seconds;
        if (age > (long)_lifetime.TotalSeconds || -age > (long)_skew.TotalSeconds)
        {
            return false;
        }

        proofId = id;

        // A second more than it can still be accepted: the age is counted in whole seconds.
        expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds) + _lifetime + TimeSpan.FromSeconds(1);
        return true;
    }

    /// <summary>Check 10. A nonce that is there is checked even where none is required.</summary>
    private bool HasNonce(JsonElement payload) => payload.TryGetProperty("nonce", out var nonce)
        ? nonce.ValueKind == JsonValueKind.String && _nonces.IsFresh(nonce.GetString()!)
        : !_requireNonce;

    /// <summary>
    /// Null when the token is good for this key, so that the proof is worth remembering. Where the token is refused for good, the proof is returned
    /// unremembered: <see cref="CallerAuthenticator"/> says what is wrong with the token. Where it might be accepted a moment later, it is refused here.
    /// </summary>
    private async ValueTask<ProofResult?> TokenAsync(string accessToken, string thumbprint, CancellationToken cancellationToken)
    {
        if (_tokens is null)
        {
            return null;
        }

        var result = await _tokens.AuthenticateAsync(accessToken, CallerSource.Authorization, thumbprint, cancellationToken).ConfigureAwait(false);
        return result switch
        {
            { Succeeded: true } => null,
            { Failure: AuthenticationFailure.Unavailable or AuthenticationFailure.UnknownKey or AuthenticationFailure.NotYetValid } =>
                ProofResult.Refused(ProofFailure.Unavailable),
            _ => new ProofResult(thumbprint, ProofFailure.None),
        };
    }

    /// <summary>RFC 9449, section 11.1. The key is a hash: neither the length nor the characters of a <c>jti</c> reach the memory.</summary>
    private async ValueTask<ProofResult> FirstUseAsync(string thumbprint, string proofId, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var key = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{thumbprint}.{proofId}")));
        if (!_shares.HasRoom(thumbprint))
        {
            return ProofResult.Refused(ProofFailure.Replayed);
        }

        var first = _used.TryUseAsync($"dpop:{key}", expiresAt, cancellationToken);
        if (!(first.IsCompleted ? await first.ConfigureAwait(false) : await first.AsTask().WaitAsync(MemoryLimit, _time, cancellationToken).ConfigureAwait(false)))
        {
            return ProofResult.Refused(ProofFailure.Replayed);
        }

        // After the first use alone: whoever replays a proof of another's fills nothing.
        _shares.Add(thumbprint);
        return new(thumbprint, ProofFailure.None);
    }

    private static bool IsString(JsonElement from, string name, string expected) => string.Equals(Text(from, name), expected, StringComparison.Ordinal);

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
