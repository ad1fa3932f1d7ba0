using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Text;

/// <summary>The rule of a <see cref="SafeIdentifierAttribute"/>. The value is not changed.</summary>
/// <remarks>ASCII alone, by comparison and not by <c>\w</c>, which also matches letters and digits of other scripts.</remarks>
internal sealed class SafeIdentifierRule : IValueRule<string>, ILengthBound
{
    private readonly int _maxLength;
    private readonly bool _allowQualified;

    /// <summary>The rule of one attribute.</summary>
    /// <exception cref="McpSecurityConfigurationException">The attribute's <see cref="SafeIdentifierAttribute.MaxLength"/> is below 1.</exception>
    internal SafeIdentifierRule(SafeIdentifierAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        if (attribute.MaxLength < 1)
        {
            throw new McpSecurityConfigurationException($"[SafeIdentifier(MaxLength = {attribute.MaxLength})] accepts nothing: set 1 or more.");
        }

        (_maxLength, _allowQualified) = (attribute.MaxLength, attribute.AllowQualified);
    }

    int ILengthBound.MaxLength => _maxLength;

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        var fault = value is null || value.Length > _maxLength ? $"must have at most {_maxLength} characters"
            : IsIdentifier(value) ? null
            : _allowQualified ? "must be identifiers of ASCII letters, digits and underscores, joined by dots, none beginning with a digit"
            : "must be an identifier of ASCII letters, digits and underscores that does not begin with a digit";
        if (fault is null)
        {
            return true;
        }

        violation = new RuleViolation("SafeIdentifier", fault);
        return false;
    }

    private bool IsIdentifier(string value)
    {
        var atStart = true;
        foreach (var c in value)
        {
            if (c == '.' && _allowQualified && !atStart)
            {
                atStart = true;
            }
            else if (char.IsAsciiLetter(c) || c == '_' || (char.IsAsciiDigit(c) && !atStart))
            {
                atStart = false;
            }
            else
            {
                return false;
            }
        }

        return !atStart;
    }
}
