using System.Globalization;
using System.Text;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The default namespace of a class: <c>FileTools</c> gives <c>file-tools</c>, <c>HTTPServer</c> gives <c>http-server</c>.</summary>
internal static class KebabCase
{
    public static string Of(string identifier)
    {
        var result = new StringBuilder(identifier.Length + 4);
        for (var i = 0; i < identifier.Length; i++)
        {
            var c = identifier[i];
            if (c is '_' or '-')
            {
                Separate(result);
                continue;
            }

            if (char.IsUpper(c) && i > 0 && StartsWord(identifier, i))
            {
                Separate(result);
            }

            var lower = char.ToLowerInvariant(c);
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                result.Append(lower);
            }
            else
            {
                // A namespace is ASCII (it becomes a file and container name); other letters keep a form that cannot collide.
                result.Append('u').Append(((int)lower).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        var text = result.ToString().Trim('-');
        return text.Length == 0 ? "default" : text;
    }

    private static bool StartsWord(string text, int i) =>
        char.IsLower(text[i - 1])
        || char.IsDigit(text[i - 1])
        || (char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1]));

    private static void Separate(StringBuilder result)
    {
        if (result.Length > 0 && result[result.Length - 1] != '-')
        {
            result.Append('-');
        }
    }
}
