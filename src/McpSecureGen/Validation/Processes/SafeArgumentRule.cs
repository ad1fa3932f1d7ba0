using System.Text.RegularExpressions;
using McpSecureGen.Hosting;
using McpSecureGen.Validation.Text;

namespace McpSecureGen.Validation.Processes;

/// <summary>The rule of a <see cref="SafeArgumentAttribute"/>: one element of an argument list that is data. The value is not changed.</summary>
internal sealed class SafeArgumentRule : IValueRule<string>, ILengthBound
{
    private const string Rule = "SafeArgument";

    private readonly int _maxLength;
    private readonly bool _allowLeadingDash;
    private readonly bool _isWindows;
    private readonly Regex? _pattern;

    /// <summary>The rule of one attribute.</summary>
    /// <exception cref="McpSecurityConfigurationException">It accepts nothing, or its pattern cannot run in linear time.</exception>
    internal SafeArgumentRule(SafeArgumentAttribute attribute, bool? isWindows = null)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        if (attribute.MaxLength < 1)
        {
            throw new McpSecurityConfigurationException($"[SafeArgument(MaxLength = {attribute.MaxLength})] accepts nothing: set 1 or more.");
        }

        _maxLength = attribute.MaxLength;
        _allowLeadingDash = attribute.AllowLeadingDash;
        _isWindows = isWindows ?? OperatingSystem.IsWindows();
        _pattern = attribute.Pattern is { } pattern ? Whole(pattern) : null;
    }

    int ILengthBound.MaxLength => _maxLength;

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        if (Fault(value) is not { } fault)
        {
            violation = default;
            return true;
        }

        violation = new RuleViolation(Rule, fault);
        return false;
    }

    private string? Fault(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "must not be empty";
        }

        if (value.Length > _maxLength)
        {
            return $"must have at most {_maxLength} characters";
        }

        if (SafeTextRule.Describe(TextScan.FirstFault(value, allowNewLines: false)) is { } hidden)
        {
            return hidden;
        }

        if (!_allowLeadingDash && ArgumentLead.IsOption(value, _isWindows))
        {
            return _isWindows ? "must not begin with a dash, plus, at sign or slash" : "must not begin with a dash, plus or at sign";
        }

        return _pattern is null || _pattern.IsMatch(value) ? null : "must match the pattern of this argument";
    }

    /// <summary>The pattern for the whole value: <c>\z</c>, because <c>$</c> accepts a line feed after the end.</summary>
    private static Regex Whole(string pattern)
    {
        try
        {
            // First by itself: "a)|(b" is no pattern, and must not become one between the anchors.
            _ = Linear(pattern);
            return Linear($@"\A(?:{pattern})\z");
        }
        catch (NotSupportedException)
        {
            throw new McpSecurityConfigurationException(
                $"[SafeArgument(Pattern = \"{pattern}\")] cannot run without backtracking: it has a lookaround, a back reference, an atomic group or too large a " +
                "repetition. Rewrite it, or check the rest in the method.");
        }
        catch (ArgumentException wrong)
        {
            throw new McpSecurityConfigurationException($"[SafeArgument(Pattern = \"{pattern}\")] is not a regular expression ({wrong.Message}): correct it.");
        }
    }

    private static Regex Linear(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
}
