using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace McpSecureGen.Validation.Rules;

/// <summary>What <see cref="RegularExpressionAttribute"/> leaves open around its pattern: the empty text, and what the schema says.</summary>
/// <remarks>
/// The attribute lets the empty text pass whatever the pattern is, and the schema does not; so the pattern decides here. The attribute demands that the
/// whole text matches, and JSON Schema looks for a match somewhere, so the published pattern is anchored; <c>\A</c> and <c>\z</c>, which ECMA-262 has not,
/// become <c>^</c> and <c>$</c>, which there is the very end.
/// </remarks>
internal sealed class PatternRule(string pattern, IValueRule<string> match, AttributeMessage message) : IValueRule<string>, ISchemaRule
{
    private readonly bool _matchesEmpty = MatchesEmpty(pattern);

    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        if (value.Length > 0 || _matchesEmpty)
        {
            return match.TryApply(ref value, scope, out violation);
        }

        violation = message.Violation();
        return false;
    }

    public void Describe(SchemaNode schema)
    {
        if (schema.Json["pattern"] is JsonValue value && value.TryGetValue<string>(out var printed) && printed == pattern)
        {
            schema.Json["pattern"] = Anchored(pattern);
        }

        (match as ISchemaRule)?.Describe(schema);
    }

    internal static string Anchored(string pattern)
    {
        var (start, end) = (0, pattern.Length);
        if (pattern.StartsWith('^'))
        {
            start = 1;
        }
        else if (pattern.StartsWith("\\A", StringComparison.Ordinal))
        {
            start = 2;
        }

        if (pattern.EndsWith('$') && !IsEscaped(pattern, pattern.Length - 1))
        {
            end = pattern.Length - 1;
        }
        else if (pattern.Length >= start + 2 && pattern[^2] == '\\' && pattern[^1] is 'z' or 'Z' && !IsEscaped(pattern, pattern.Length - 2))
        {
            end = pattern.Length - 2;
        }

        if (start > end)
        {
            return pattern;
        }

        var body = pattern[start..end];
        return body.Contains('|', StringComparison.Ordinal) ? $"^(?:{body})$" : $"^{body}$";
    }

    private static bool IsEscaped(string pattern, int at)
    {
        var backslashes = 0;
        while (at - backslashes - 1 >= 0 && pattern[at - backslashes - 1] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }

    private static bool MatchesEmpty(string pattern)
    {
        try
        {
            return Regex.IsMatch("", pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
