using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Urls;

/// <summary>The same as <see cref="SafeUrlRule"/> for a parsed URL: the text it was parsed from is what is checked.</summary>
public sealed class SafeUriRule : IValueRule<Uri>, ILengthBound, ICanonicalRule
{
    private readonly UrlPolicy _policy;
    private readonly HostLookup _lookup;

    /// <exception cref="McpSecurityConfigurationException">The attribute allows nothing.</exception>
    internal SafeUriRule(UrlSecurity urls, SafeUrlAttribute attribute) => (_policy, _lookup) = (urls.PolicyOf(attribute), urls.Lookup);

    int ILengthBound.MaxLength => _policy.MaxLength;

    /// <inheritdoc/>
    public bool TryApply(ref Uri value, in ValidationScope scope, out RuleViolation violation)
    {
        if (UrlRule.CheckWithLookup(value?.OriginalString, _policy, _lookup, scope, out violation) is not { } url)
        {
            return false;
        }

        value = url.Uri;
        return true;
    }
}
