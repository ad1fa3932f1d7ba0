using System.Text.Json;

namespace McpSecureGen.Validation.Json;

/// <summary>Reads a string as the unchecked form of a type whose rule makes the checked one.</summary>
internal sealed class ConfinedReader<T>(Func<string, T> make) : ValueReader<T>
{
    public override bool TryRead(JsonElement json, out T value, out RuleViolation violation)
    {
        value = default!;
        return Readers.String.TryRead(json, out var text, out violation) && TryReadText(text, out value, out violation);
    }

    public override bool TryReadText(string text, out T value, out RuleViolation violation)
    {
        var isText = Readers.String.TryReadText(text, out var wellFormed, out violation);
        value = isText ? make(wellFormed) : default!;
        return isText;
    }
}
