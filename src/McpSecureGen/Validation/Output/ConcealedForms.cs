using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace McpSecureGen.Validation.Output;

/// <summary>The spellings in which the value of a sensitive argument is looked for in a result.</summary>
internal static class ConcealedForms
{
    /// <summary>Shorter values stand in ordinary text by chance: to redact every <c>7</c> or <c>yes</c> would spoil results and hide nothing.</summary>
    internal const int MinLength = 6;

    /// <summary>As it is, as in JSON by two encoders, as in a URL, in base64 and base64url; the longest first, because one value may begin with another.</summary>
    internal static string[] Of(IReadOnlyCollection<string> values)
    {
        var forms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            if (value.Length < MinLength)
            {
                continue;
            }

            forms.Add(value);
            forms.Add(JsonEncodedText.Encode(value).ToString());
            forms.Add(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
            forms.Add(Uri.EscapeDataString(value));

            // Without padding, and without the last character, whose bits depend on what follows the value.
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(value)).TrimEnd('=');
            var whole = base64[..(base64.Length - (base64.Length % 4 == 0 ? 0 : 1))];
            forms.Add(whole);
            forms.Add(whole.Replace('+', '-').Replace('/', '_'));
        }

        return [.. forms.OrderByDescending(static form => form.Length)];
    }
}
