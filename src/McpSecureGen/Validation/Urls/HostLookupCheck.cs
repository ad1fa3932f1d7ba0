namespace McpSecureGen.Validation.Urls;

/// <summary>The check of a URL's host name that waits for its addresses.</summary>
internal sealed class HostLookupCheck(HostLookup lookup, UrlHost host, bool allowPrivate) : IDeferredCheck
{
    /// <summary>One sentence for a name that is private, mixed, slow or cannot be asked for: an answer that told them apart would map the network for its sender.</summary>
    internal const string Refusal = "must have a host that can be looked up, with no address but public ones";

    private const string RefusalOfPrivate = "must have a host that can be looked up, with no address but allowed ones";

    public async ValueTask<RuleViolation?> CheckAsync(CancellationToken cancellationToken) =>
        await lookup.MayBeNamedAsync(host, allowPrivate, cancellationToken).ConfigureAwait(false)
            ? null
            : new RuleViolation(UrlRule.Name, allowPrivate ? RefusalOfPrivate : Refusal);
}
