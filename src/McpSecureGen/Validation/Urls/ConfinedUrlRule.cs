using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Urls;

/// <summary>
/// Puts a checked <see cref="ConfinedUrl"/> in the place of what the client sent. Its host is looked up when it connects, and not before: the address that is
/// checked is the one that is used.
/// </summary>
public sealed class ConfinedUrlRule : IValueRule<ConfinedUrl>, ILengthBound, ICanonicalRule
{
    private readonly UrlPolicy _policy;
    private readonly WayOut _wayOut;

    /// <exception cref="McpSecurityConfigurationException">The attribute allows nothing, or a scheme that is not HTTP.</exception>
    internal ConfinedUrlRule(UrlSecurity urls, SafeUrlAttribute attribute)
    {
        if (attribute.Schemes?.FirstOrDefault(static scheme => !ConfinedHttpOptions.IsHttp(scheme)) is { } other)
        {
            throw new McpSecurityConfigurationException($"[SafeUrl(Schemes = \"{other}\")] on a ConfinedUrl: it is fetched over https or http alone.");
        }

        _policy = urls.PolicyOf(attribute);
        _wayOut = urls.WayOutFor(_policy);
    }

    int ILengthBound.MaxLength => _policy.MaxLength;

    /// <inheritdoc/>
    public bool TryApply(ref ConfinedUrl value, in ValidationScope scope, out RuleViolation violation)
    {
        if (UrlRule.Check(value?.Text, _policy, out violation) is not { } url)
        {
            return false;
        }

        value = ConfinedUrl.Checked(url.Uri, _wayOut);
        return true;
    }
}
