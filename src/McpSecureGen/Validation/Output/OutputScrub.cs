using System.Text;

namespace McpSecureGen.Validation.Output;

/// <summary>What must not leave in the result of one call. Text that holds none of it passes as the same object.</summary>
internal readonly struct OutputScrub
{
    /// <summary>What stands in the place of a concealed value.</summary>
    internal const string Redacted = "[redacted]";

    private const string RedactedToken = "[redacted: token]";

    private readonly OutputRules _rules;
    private readonly string? _credential;
    private readonly string[] _concealed;
    private readonly string? _asked;

    /// <param name="rules">Of the host.</param>
    /// <param name="concealed">The values of sensitive arguments.</param>
    /// <param name="credential">The token that came with the call.</param>
    /// <param name="asked">The URI that the client asked for, and so knows.</param>
    internal OutputScrub(OutputRules rules, IReadOnlyCollection<string>? concealed, string? credential, string? asked)
    {
        _rules = rules;
        _credential = credential;
        _asked = asked;
        _concealed = concealed is null ? [] : ConcealedForms.Of(concealed);
    }

    /// <summary>Whether only the words of a text can tell if it may leave; otherwise its characters and the tokens are all that counts.</summary>
    internal bool ReadsWords => _concealed.Length > 0 || _rules.HasPatterns;

    /// <summary>A text that may leave.</summary>
    /// <exception cref="OutputRefusedException">The operator wants such a result withheld.</exception>
    internal string Text(string text)
    {
        text = Redact(text);
        switch (_rules.Characters)
        {
            case OutputCharacters.Keep:
                return text;
            case OutputCharacters.Refuse:
                return CharacterScan.IsClean(text) ? text : throw new OutputRefusedException("The result holds characters that must not be shown and is withheld.");
            default:
                return CharacterScan.Neutralise(text);
        }
    }

    /// <summary>
    /// The same for text that may be a JSON document. One with escapes is cleaned by what it says: as text it would be harmless, and in the program that
    /// parses it not.
    /// </summary>
    internal string TextOrJson(string text)
    {
        if (text.Contains('\\', StringComparison.Ordinal) && text.AsSpan().TrimStart() is ['{' or '[' or '"', ..] && JsonScrub.Clean(text, this) is { } cleaned)
        {
            text = cleaned;
        }

        return Text(text);
    }

    /// <summary>The same for a URI.</summary>
    internal string Uri(string uri) => uri == _asked ? uri : Text(uri);

    /// <summary>Whether a number is a concealed value.</summary>
    internal bool IsConcealedNumber(ReadOnlySpan<byte> digits)
    {
        foreach (var value in _concealed)
        {
            if (value.Length == digits.Length && Ascii.Equals(value, digits))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a token stands in JSON that has no escapes.</summary>
    internal bool HoldsToken(ReadOnlySpan<byte> utf8) => Holds(utf8, _credential) || Holds(utf8, _rules.ProcessToken);

    private static bool Holds(ReadOnlySpan<byte> utf8, string? token)
    {
        if (token is null || token.Length > utf8.Length)
        {
            return false;
        }

        // The first part is the same for many tokens and the last is what makes one of use, so the last is looked for.
        var signature = token.AsSpan(token.LastIndexOf('.') + 1);
        Span<byte> buffer = stackalloc byte[256];
        return signature.Length == 0 || Encoding.UTF8.GetByteCount(signature) > buffer.Length || utf8.IndexOf(buffer[..Encoding.UTF8.GetBytes(signature, buffer)]) >= 0;
    }

    private string Redact(string text)
    {
        text = Without(text, _credential);
        text = Without(text, _rules.ProcessToken);
        foreach (var value in _concealed)
        {
            if (text.Contains(value, StringComparison.Ordinal))
            {
                text = text.Replace(value, Redacted, StringComparison.Ordinal);
            }
        }

        return _rules.HasPatterns ? _rules.Redact(text) : text;
    }

    private static string Without(string text, string? token) =>
        token is { Length: > 0 } && text.Contains(token, StringComparison.Ordinal) ? text.Replace(token, RedactedToken, StringComparison.Ordinal) : text;
}
