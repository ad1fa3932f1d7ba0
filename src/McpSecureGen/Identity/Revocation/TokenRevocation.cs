using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace McpSecureGen.Identity;

/// <summary>The list of revoked tokens and subjects. Every process that shares the cache refuses them within one second.</summary>
/// <remarks>
/// <para>Entries: <c>mcpsec:revoked:token:H</c> holds <c>1</c>; <c>mcpsec:revoked:subject:H</c> holds the moment in milliseconds since 1970, in decimal:
/// tokens issued then or earlier are revoked. <c>H</c> is base64url(SHA-256(n, issuer, id)) with the text in UTF-8 and n the length of the issuer in bytes as
/// four bytes, most significant first. Hashed, so that no text of a token becomes a key. A value that cannot be read counts as revoked.</para>
/// <para>Whoever can write to the cache can revoke; whoever can delete from it can undo a revocation. Keep it to the servers.</para>
/// <para>Safe for use by several threads.</para>
/// </remarks>
public sealed class TokenRevocation
{
    /// <summary>The key under which a container may hold the <c>IDistributedCache</c> of the list; it is used before any other.</summary>
    public const string CacheServiceKey = "McpSecureGen.Revocation";

    /// <summary>A token may count half a minute longer than its <c>exp</c> says, and clocks differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private static readonly byte[] Revoked = "1"u8.ToArray();

    private readonly IDistributedCache _cache;
    private readonly TimeProvider _time;

    /// <summary>A list in a cache that several processes may share.</summary>
    public TokenRevocation(IDistributedCache cache, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(time);
        _cache = cache;
        _time = time;
    }

    private TokenRevocation(TimeProvider time)
        : this(new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions { SizeLimit = null })), time)
    {
        IsInProcess = true;
    }

    /// <summary>A list of this process alone. Without a size limit: a list that makes room forgets revocations, and only an operator adds to it.</summary>
    public static TokenRevocation InProcess(TimeProvider time) => new(time);

    /// <summary>Whether asking takes no time.</summary>
    internal bool IsInProcess { get; }

    /// <summary>Revokes one token.</summary>
    /// <param name="issuer">Its <c>iss</c>.</param>
    /// <param name="tokenId">Its <c>jti</c>.</param>
    /// <param name="expiresAt">Its <c>exp</c>; until then, and two minutes more, the entry is kept. When unknown: now plus the longest lifetime accepted.</param>
    /// <param name="cancellationToken">Gives up; the token may be revoked or not.</param>
    /// <exception cref="Exception">The cache did not take it: the token is not revoked.</exception>
    public async Task RevokeTokenAsync(string issuer, string tokenId, DateTimeOffset expiresAt, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        ArgumentException.ThrowIfNullOrEmpty(tokenId);
        var keepFor = expiresAt - _time.GetUtcNow() + Margin;
        if (keepFor > TimeSpan.Zero)
        {
            await _cache.SetAsync(TokenKey(issuer, tokenId), Revoked, For(keepFor), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Revokes every token of a subject that was issued at <paramref name="at"/> or earlier. <c>iat</c> counts whole seconds, and the issuer's clock may be
    /// ahead by <c>ClockSkew</c>: a token issued later by less than both is refused too.
    /// </summary>
    /// <param name="issuer">The <c>iss</c> of the tokens.</param>
    /// <param name="subject">Their <c>sub</c>.</param>
    /// <param name="at">The moment by the issuer's clock; an earlier one than before changes nothing.</param>
    /// <param name="keepFor">At least the longest lifetime of a token of this issuer, twice the skew added.</param>
    /// <param name="cancellationToken">Gives up; the tokens may be revoked or not.</param>
    /// <exception cref="Exception">The cache did not take it: the tokens are not revoked.</exception>
    public async Task RevokeSubjectAsync(
        string issuer, string subject, DateTimeOffset at, TimeSpan keepFor, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(keepFor, TimeSpan.Zero);
        var key = SubjectKey(issuer, subject);
        var moment = at.ToUnixTimeMilliseconds();
        if (TryReadMoment(await _cache.GetAsync(key, cancellationToken).ConfigureAwait(false), out var before))
        {
            moment = Math.Max(moment, before);
        }

        await _cache.SetAsync(key, Encoding.ASCII.GetBytes(moment.ToString(CultureInfo.InvariantCulture)), For(keepFor), cancellationToken)
            .ConfigureAwait(false);
    }

    internal static string TokenKey(string issuer, string tokenId) => "mcpsec:revoked:token:" + Hash(issuer, tokenId);

    internal static string SubjectKey(string issuer, string subject) => "mcpsec:revoked:subject:" + Hash(issuer, subject);

    /// <summary>Whether either entry says so.</summary>
    internal async Task<bool> IsRevokedAsync(string tokenKey, string subjectKey, DateTimeOffset issuedAt, CancellationToken cancellationToken)
    {
        var ofToken = _cache.GetAsync(tokenKey, cancellationToken);
        var ofSubject = _cache.GetAsync(subjectKey, cancellationToken);
        await Task.WhenAll(ofToken, ofSubject).ConfigureAwait(false);
        if (await ofToken.ConfigureAwait(false) is not null)
        {
            return true;
        }

        return await ofSubject.ConfigureAwait(false) is { } value
            && (!TryReadMoment(value, out var moment) || issuedAt.ToUnixTimeSeconds() <= Math.Floor(moment / 1000.0));
    }

    private static bool TryReadMoment(byte[]? value, out long moment)
    {
        moment = 0;
        return value is { Length: > 0 } && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out moment);
    }

    private static DistributedCacheEntryOptions For(TimeSpan time) => new() { AbsoluteExpirationRelativeToNow = time };

    private static string Hash(string issuer, string id)
    {
        var named = new byte[sizeof(int) + Encoding.UTF8.GetByteCount(issuer) + Encoding.UTF8.GetByteCount(id)];
        var length = Encoding.UTF8.GetBytes(issuer, named.AsSpan(sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(named, length);
        Encoding.UTF8.GetBytes(id, named.AsSpan(sizeof(int) + length));
        return Base64Url.EncodeToString(SHA256.HashData(named));
    }
}
