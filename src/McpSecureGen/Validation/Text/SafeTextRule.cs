using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Text;

/// <summary>Checks text against <see cref="SafeTextAttribute"/>: what is shown is what was sent. The value is not changed.</summary>
/// <remarks>
/// Refused: control characters (with <see cref="SafeTextAttribute.AllowNewLines"/> all but line feed, carriage return and tab), line and paragraph
/// separators, bidirectional marks, zero-width and tag characters, lone surrogates, noncharacters. Accepted: joiners inside emoji and between letters
/// of scripts that join, and one variation selector after a visible character. Accepted as well: private-use and unassigned characters, which show as a box.
/// </remarks>
public sealed class SafeTextRule : IValueRule<string>, ILengthBound
{
    private const string Rule = "SafeText";

    private readonly int _maxLength;
    private readonly bool _allowNewLines;

    /// <summary>The rule of one attribute.</summary>
    /// <exception cref="McpSecurityConfigurationException">The attribute's <see cref="SafeTextAttribute.MaxLength"/> is below 1.</exception>
    public SafeTextRule(SafeTextAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        if (attribute.MaxLength < 1)
        {
            throw new McpSecurityConfigurationException($"[SafeText(MaxLength = {attribute.MaxLength})] accepts nothing: set 1 or more.");
        }

        (_maxLength, _allowNewLines) = (attribute.MaxLength, attribute.AllowNewLines);
    }

    int ILengthBound.MaxLength => _maxLength;

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        var fault = value is null ? "must be text"
            : value.Length > _maxLength ? $"must have at most {_maxLength} characters"
            : Describe(TextScan.FirstFault(value, _allowNewLines));
        if (fault is null)
        {
            return true;
        }

        violation = new RuleViolation(Rule, fault);
        return false;
    }

    /// <summary>What a fault is called in a refusal; <see langword="null"/> without one.</summary>
    internal static string? Describe(TextFault fault) => fault switch
    {
        TextFault.None => null,
        TextFault.Control => "must not contain control characters",
        TextFault.LineBreak => "must be a single line without tabs",
        TextFault.LoneSurrogate => "must be well-formed Unicode",
        TextFault.Noncharacter => "must not contain Unicode noncharacters",
        _ => "must not contain bidirectional, zero-width or tag characters",
    };
}
