using System.Text;
using System.Text.Json;

namespace McpSecureGen.Validation.Json;

/// <summary>Reads <see cref="string"/>.</summary>
internal sealed class StringReader : ValueReader<string>
{
    public override bool TryRead(JsonElement json, out string value, out RuleViolation violation)
    {
        value = "";
        if (json.ValueKind != JsonValueKind.String)
        {
            violation = new RuleViolation("Type", "must be a string");
            return false;
        }

        try
        {
            value = json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // GetString throws on invalid UTF-8 and on an escaped lone surrogate, which JSON text can carry and no string should.
            violation = new RuleViolation("Text", "must be well-formed Unicode text");
            return false;
        }

        return TryReadText(value, out value, out violation);
    }

    public override bool TryReadText(string text, out string value, out RuleViolation violation)
    {
        value = text;
        violation = default;
        if (IsWellFormed(text))
        {
            return true;
        }

        violation = new RuleViolation("Text", "must be well-formed Unicode text");
        return false;
    }

    /// <summary>Whether the text holds no lone surrogate: such text is written as U+FFFD by the file system and others, two spellings of one name.</summary>
    internal static bool IsWellFormed(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return true;
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}

/// <summary>Reads <see cref="char"/>: a string of one UTF-16 character.</summary>
internal sealed class CharReader : ValueReader<char>
{
    public override bool TryRead(JsonElement json, out char value, out RuleViolation violation)
    {
        value = default;
        return Readers.String.TryRead(json, out var text, out violation) && TryReadText(text, out value, out violation);
    }

    public override bool TryReadText(string text, out char value, out RuleViolation violation)
    {
        value = text.Length == 1 ? text[0] : default;
        violation = text.Length == 1 ? default : new RuleViolation("Type", "must be one character");
        return text.Length == 1;
    }
}

/// <summary>Reads <see cref="bool"/>.</summary>
internal sealed class BooleanReader : ValueReader<bool>
{
    public override bool TryRead(JsonElement json, out bool value, out RuleViolation violation)
    {
        value = json.ValueKind == JsonValueKind.True;
        violation = default;
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return true;
        }

        violation = new RuleViolation("Type", "must be true or false");
        return false;
    }

    public override bool TryReadText(string text, out bool value, out RuleViolation violation)
    {
        violation = default;
        if (bool.TryParse(text, out value))
        {
            return true;
        }

        violation = new RuleViolation("Type", "must be true or false");
        return false;
    }
}
