using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Text;

/// <summary>A <see cref="RegularExpressionAttribute"/> that cannot hang the server (CWE-1333). The value is not changed.</summary>
/// <remarks>
/// <para>It accepts what the attribute accepts: the empty text, and text whose first match begins at its start and ends at its end. <c>$</c> is
/// therefore harmless here, although it also matches before a last line feed: the match is then shorter than the text.</para>
/// <para>The pattern runs in linear time (<see cref="RegexOptions.NonBacktracking"/>). One that cannot (lookarounds, back references, atomic groups) runs with
/// backtracking and a time limit of 250 ms, or the attribute's own if that is shorter; what is not decided by then is refused.</para>
/// <para><c>(?i)</c> compares by the invariant culture, so that a server in Turkey decides as any other.</para>
/// </remarks>
internal sealed class RegexRule : IValueRule<string>
{
    internal static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(250);

    private readonly Regex _pattern;
    private readonly string _message;

    /// <summary>The rule of one attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="displayName">The name the client knows the parameter by.</param>
    /// <exception cref="McpSecurityConfigurationException">Its pattern is not a regular expression.</exception>
    internal RegexRule(RegularExpressionAttribute attribute, string displayName)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        ArgumentException.ThrowIfNullOrEmpty(displayName);
        (_pattern, IsLinear) = Compile(attribute, displayName);
        _message = Describe(attribute, displayName);
    }

    /// <summary>Whether the time for a match grows only with the length of the text.</summary>
    internal bool IsLinear { get; }

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        try
        {
            if (string.IsNullOrEmpty(value) || IsWhole(value))
            {
                return true;
            }

            violation = new RuleViolation("RegularExpression", _message);
        }
        catch (RegexMatchTimeoutException)
        {
            violation = new RuleViolation("RegularExpression", "could not be checked in time and is refused");
        }

        return false;
    }

    private bool IsWhole(string value)
    {
        foreach (var match in _pattern.EnumerateMatches(value))
        {
            return match.Index == 0 && match.Length == value.Length;
        }

        return false;
    }

    private static (Regex Pattern, bool IsLinear) Compile(RegularExpressionAttribute attribute, string displayName)
    {
        try
        {
            try
            {
                return (new Regex(attribute.Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout), true);
            }
            catch (NotSupportedException)
            {
                var own = attribute.MatchTimeoutInMilliseconds;
                var limit = own > 0 && own < LongestMatch.TotalMilliseconds ? TimeSpan.FromMilliseconds(own) : LongestMatch;
                return (new Regex(attribute.Pattern, RegexOptions.CultureInvariant, limit), false);
            }
        }
        catch (ArgumentException wrong)
        {
            throw new McpSecurityConfigurationException($"[RegularExpression(\"{attribute.Pattern}\")] of '{displayName}' is not one ({wrong.Message}): correct it.");
        }
    }

    // The message follows the parameter's name: "The field id must match ..." becomes "must match ...".
    private static string Describe(RegularExpressionAttribute attribute, string displayName)
    {
        const int MaxLength = 512;
        var text = attribute.FormatErrorMessage(displayName).Trim().TrimEnd('.');
        var prefix = $"The field {displayName} ";
        text = text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length ? text[prefix.Length..] : $"is not valid: {text}";
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }
}
