using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpSecureGen.Validation.Json;

/// <summary>
/// U+0000, which JSON may carry in any string and name. Native code ends a text there, so that what was checked and what is opened differ (CWE-158);
/// a log or database cuts it off. It is refused everywhere unless <see cref="LimitOptions.AllowNul"/> says otherwise.
/// </summary>
internal static class NulCharacter
{
    internal static RuleViolation Violation => new("Text", "must not hold the character U+0000");

    /// <summary>JSON text cannot hold it raw, so it stands there as an escape. One pass over the bytes, in step with the length.</summary>
    internal static bool IsIn(JsonElement json)
    {
        if (json.ValueKind is not (JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array))
        {
            return false;
        }

        var rest = JsonMarshal.GetRawUtf8Value(json);
        while (true)
        {
            var at = rest.IndexOf("\\u0000"u8);
            if (at < 0)
            {
                return false;
            }

            // A backslash that is itself escaped begins no escape.
            var backslashes = 1;
            while (at - backslashes >= 0 && rest[at - backslashes] == (byte)'\\')
            {
                backslashes++;
            }

            if (backslashes % 2 == 1)
            {
                return true;
            }

            rest = rest[(at + 1)..];
        }
    }
}
