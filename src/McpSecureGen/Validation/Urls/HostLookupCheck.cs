namespace McpSecureGen.Validation.Urls;

/// <summary>The check of a URL's host name that waits for its addresses.</summary>
internal sealed class HostLookupCheck(HostLookup lookup, UrlHost host, bool allowPrivate) : IDeferredCheck
{
    /// <summary>One sentence for a name that is unknown, private or slow: an answer that told them apart would map the network for its sender.</summary>
    internal const string Refusal = "must have a host that can be looked up and has public addresses alone";

    private const string RefusalOfPrivate = "must have a host that can be looked up and has allowed addresses alone";

    public async ValueTask<RuleViolation?> CheckAsync(CancellationToken cancellationToken) =>
        await lookup.FindAsync(host, allowPrivate, cancellationToken).ConfigureAwait(false) is null
            ? new RuleViolation(UrlRule.Name, allowPrivate ? RefusalOfPrivate : Refusal)
            : null;
}
