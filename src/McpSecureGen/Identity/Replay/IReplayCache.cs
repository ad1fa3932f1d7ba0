namespace McpSecureGen.Identity;

/// <summary>Remembers what may be used once: the <c>jti</c> of a DPoP proof (RFC 9449, section 11.1), a confirmation.</summary>
/// <remarks>
/// One process remembers in memory. Several processes behind one address must share the memory (McpSecureGen.Redis), or each of them accepts the same
/// thing once.
/// </remarks>
public interface IReplayCache
{
    /// <summary>Whether this is the first use of <paramref name="key"/>.</summary>
    /// <param name="key">At most 256 characters. Hash what comes from a client.</param>
    /// <param name="until">When the thing expires by itself, so that its use need not be remembered any longer.</param>
    /// <param name="cancellationToken">The end of the request.</param>
    /// <returns>
    /// True for the first caller alone. False when it was used before, when <paramref name="until"/> has passed, and when nothing more can be remembered.
    /// </returns>
    /// <exception cref="Exception">The memory cannot be reached. The caller refuses.</exception>
    ValueTask<bool> TryUseAsync(string key, DateTimeOffset until, CancellationToken cancellationToken);
}
