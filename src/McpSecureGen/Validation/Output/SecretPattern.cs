using System.Text.RegularExpressions;

namespace McpSecureGen.Validation.Output;

/// <summary>Text that is replaced in results.</summary>
/// <remarks>Matched without backtracking, so in linear time; the time limit besides makes a check that hangs refuse the result (CWE-1333).</remarks>
internal sealed class SecretPattern(string name, string pattern)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly Regex _regex = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Limit);
    private readonly string _replacement = $"[redacted: {name}]";

    internal string Name => name;

    internal bool IsMatch(string text) => _regex.IsMatch(text);

    /// <summary>The text without what matches; the same object when nothing does.</summary>
    /// <exception cref="RegexMatchTimeoutException">It took too long.</exception>
    internal string Redact(string text) => _regex.Replace(text, _ => _replacement);
}
