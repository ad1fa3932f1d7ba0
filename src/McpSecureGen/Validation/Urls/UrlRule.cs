namespace McpSecureGen.Validation.Urls;

/// <summary>What the rules of the three types have in common.</summary>
internal static class UrlRule
{
    internal const string Name = "SafeUrl";

    internal static CheckedUrl? Check(string? text, UrlPolicy policy, out RuleViolation violation)
    {
        violation = default;
        if (text is null)
        {
            violation = new RuleViolation(Name, "must be a URL");
            return null;
        }

        var url = UrlSyntax.Parse(text, policy, out var fault);
        if (url is null)
        {
            violation = new RuleViolation(Name, fault);
        }

        return url;
    }

    /// <summary>The same for a value that leaves as text: its host name is looked up now, because nobody will look when it is used.</summary>
    internal static CheckedUrl? CheckWithLookup(string? text, UrlPolicy policy, HostLookup lookup, in ValidationScope scope, out RuleViolation violation)
    {
        var url = Check(text, policy, out violation);
        if (url is null || url.Host.Address is not null || scope.TryDefer(new HostLookupCheck(lookup, url.Host, policy.AllowPrivate)))
        {
            return url;
        }

        violation = new RuleViolation(Name, "could not be checked and is refused");
        return null;
    }
}
