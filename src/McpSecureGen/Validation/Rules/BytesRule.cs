namespace McpSecureGen.Validation.Rules;

/// <summary>The default bound of bytes without a bound of their own: their Base64 text is as long as any text may be (<see cref="LimitOptions.MaxStringLength"/>).</summary>
internal sealed class BytesRule(int maxTextLength) : IValueRule<byte[]>, ISchemaRule
{
    private readonly int _maxLength = maxTextLength / 4 * 3;

    public bool TryApply(ref byte[] value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        if (value.Length <= _maxLength)
        {
            return true;
        }

        violation = new RuleViolation("MaxLength", $"must not hold more than {_maxLength} bytes");
        return false;
    }

    public void Describe(SchemaNode schema) => schema.MaxLength(maxTextLength / 4 * 4);
}
