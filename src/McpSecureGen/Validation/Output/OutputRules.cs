using System.Buffers;
using System.Text.RegularExpressions;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;

namespace McpSecureGen.Validation.Output;

/// <summary>What the operator has said about results, checked at start-up. One per server host.</summary>
internal sealed partial class OutputRules
{
    private const int MaxPatterns = 64;
    private const int MaxPatternLength = 2_000;

    private static readonly Lazy<(SearchValues<string> Hints, SecretPattern[] Patterns)> WellKnown = new(static () =>
        (SearchValues.Create([.. SecretShapes.All.SelectMany(static shape => shape.Hints)], StringComparison.Ordinal),
        [.. SecretShapes.All.Select(static shape => new SecretPattern(shape.Name, shape.Pattern))]));

    private readonly SecretPattern[] _own;
    private readonly bool _redactsSecrets;

    private OutputRules(OutputOptions options, SecretPattern[] own, string? processToken)
    {
        _own = own;
        _redactsSecrets = options.RedactSecrets;
        Characters = options.Characters;
        ProcessToken = processToken;
        if (_redactsSecrets)
        {
            _ = WellKnown.Value;
        }
    }

    internal OutputCharacters Characters { get; }

    /// <summary>The token of the process itself, which no result may hold.</summary>
    internal string? ProcessToken { get; }

    internal bool HasPatterns => _redactsSecrets || _own.Length > 0;

    /// <exception cref="McpSecurityConfigurationException">A setting cannot be used.</exception>
    internal static OutputRules Create(OutputOptions options) =>
        Create(options, Environment.GetEnvironmentVariable(EnvironmentCredential.VariableName));

    internal static OutputRules Create(OutputOptions options, string? processToken)
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(options.Characters))
        {
            problems.Add($"McpSecurity:Output:Characters is {options.Characters}. Set it to Neutralise, Refuse or Keep.");
        }

        if (options.SecretPatterns.Count > MaxPatterns)
        {
            problems.Add($"McpSecurity:Output:SecretPatterns has {options.SecretPatterns.Count} patterns. At most {MaxPatterns} are possible; join some with |.");
        }

        var own = new List<SecretPattern>();
        foreach (var (name, pattern) in options.SecretPatterns.Take(MaxPatterns))
        {
            if (Problem(name, pattern, own) is { } problem)
            {
                problems.Add($"McpSecurity:Output:SecretPatterns:{name} {problem}");
            }
        }

        return problems.Count > 0
            ? throw new McpSecurityConfigurationException(problems)
            : new OutputRules(options, [.. own], string.IsNullOrWhiteSpace(processToken) ? null : processToken.Trim());
    }

    /// <summary>The text without what looks like a secret; the same object when nothing does.</summary>
    internal string Redact(string text)
    {
        if (_redactsSecrets && text.AsSpan().ContainsAny(WellKnown.Value.Hints))
        {
            foreach (var pattern in WellKnown.Value.Patterns)
            {
                text = pattern.Redact(text);
            }
        }

        foreach (var pattern in _own)
        {
            text = pattern.Redact(text);
        }

        return text;
    }

    private static string? Problem(string name, string? pattern, List<SecretPattern> usable)
    {
        if (!Names().IsMatch(name))
        {
            return "has a name that cannot stand in a result. Use 1 to 64 letters, digits, spaces, dots, dashes or underscores of ASCII.";
        }

        if (string.IsNullOrEmpty(pattern) || pattern.Length > MaxPatternLength)
        {
            return $"is empty or longer than {MaxPatternLength} characters. Set it to a regular expression.";
        }

        try
        {
            var made = new SecretPattern(name, pattern);
            if (made.IsMatch(""))
            {
                return "matches the empty text, so it would match everywhere. Ask for one character at least.";
            }

            usable.Add(made);
            return null;
        }
        catch (NotSupportedException)
        {
            return "uses a lookaround, a backreference, an atomic group or a too large repetition, which cannot be matched in linear time. Write it without.";
        }
        catch (RegexParseException e)
        {
            return $"is no regular expression: {e.Error} at {e.Offset}.";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_. -]{1,64}\z")]
    private static partial Regex Names();
}
