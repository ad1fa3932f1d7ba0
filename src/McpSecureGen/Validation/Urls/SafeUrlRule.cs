using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Urls;

/// <summary>Checks text against <see cref="SafeUrlAttribute"/> and replaces it by the canonical URL. The addresses of its host are checked before the call.</summary>
public sealed class SafeUrlRule : IValueRule<string>, ILengthBound, ICanonicalRule
{
    private readonly UrlPolicy _policy;
    private readonly HostLookup _lookup;

    /// <exception cref="McpSecurityConfigurationException">The attribute allows nothing.</exception>
    internal SafeUrlRule(UrlSecurity urls, SafeUrlAttribute attribute) => (_policy, _lookup) = (urls.PolicyOf(attribute), urls.Lookup);

    int ILengthBound.MaxLength => _policy.MaxLength;

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        if (UrlRule.CheckWithLookup(value, _policy, _lookup, scope, out violation) is not { } url)
        {
            return false;
        }

        value = url.Text;
        return true;
    }
}
