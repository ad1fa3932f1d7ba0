using System.Text.Json;

namespace McpSecureGen.Validation.Json;

/// <summary>Reads <see cref="Nullable{T}"/>: what the inner reader reads, or <c>null</c>.</summary>
internal sealed class NullableReader<T>(ValueReader<T> inner) : ValueReader<T?>
    where T : struct
{
    public override bool ReadsNull => true;

    public override IReadOnlyList<string>? AllowedValues => inner.AllowedValues;

    public override bool TryRead(JsonElement json, out T? value, out RuleViolation violation)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            value = null;
            violation = default;
            return true;
        }

        var read = inner.TryRead(json, out var present, out violation);
        value = present;
        return read;
    }

    public override bool TryReadText(string text, out T? value, out RuleViolation violation)
    {
        var read = inner.TryReadText(text, out var present, out violation);
        value = present;
        return read;
    }
}
