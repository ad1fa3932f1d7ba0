namespace McpSecureGen.Identity;

/// <summary>The keys of one issuer, which change under a running server.</summary>
internal interface IKeyRing
{
    /// <summary>The keys in force; null when there are none that may be used. Completes at once.</summary>
    KeyEpoch? Current { get; }

    /// <summary>Whether it is worth waiting for <see cref="FetchAsync"/> before a token that got this verdict is answered.</summary>
    bool IsFetchWorthwhile(AuthenticationFailure verdict);

    /// <summary>Fetches the keys, together with whoever else waits for them. Throws nothing but the cancellation.</summary>
    Task FetchAsync(CancellationToken cancellationToken);
}
