using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpSecureGen.Validation.Json;

/// <summary>Reads a number: a JSON number within the range of <typeparamref name="T"/>, without a fraction for integers, finite for the others.</summary>
internal sealed class NumberReader<T>(string expectation, NumberStyles styles) : ValueReader<T>
    where T : struct, INumberBase<T>
{
    public override bool TryRead(JsonElement json, out T value, out RuleViolation violation)
    {
        value = default;
        violation = default;

        // The JSON grammar has no leading zeros, plus signs, NaN or white space, so what parses here is what was sent.
        if (json.ValueKind == JsonValueKind.Number &&
            T.TryParse(JsonMarshal.GetRawUtf8Value(json), styles, CultureInfo.InvariantCulture, out value) &&
            T.IsFinite(value))
        {
            return true;
        }

        value = default;
        violation = new RuleViolation("Type", expectation);
        return false;
    }

    public override bool TryReadText(string text, out T value, out RuleViolation violation)
    {
        violation = default;
        if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out value) && T.IsFinite(value))
        {
            return true;
        }

        value = default;
        violation = new RuleViolation("Type", expectation);
        return false;
    }
}
