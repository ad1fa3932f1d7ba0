using System.Collections.Frozen;
using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Processes;

/// <summary>The rule of a <see cref="SafeExecutableAttribute"/>: one of its programs, replaced by its absolute path without links.</summary>
/// <remarks>The value is compared character by character, so a path, an extension or another case of a listed name is refused like any other text.</remarks>
internal sealed class SafeExecutableRule : IValueRule<string>, IChoiceRule, ICanonicalRule, ILengthBound
{
    private readonly FrozenDictionary<string, string> _paths;

    /// <summary>Finds every program of the attribute.</summary>
    /// <exception cref="McpSecurityConfigurationException">The attribute names none, or one that is not configured or not acceptable. All are listed.</exception>
    internal SafeExecutableRule(ExecutableTable executables, SafeExecutableAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        string[] entries = [.. (attribute.Executables ?? []).Where(static entry => !string.IsNullOrWhiteSpace(entry)).Distinct(StringComparer.Ordinal)];
        if (entries.Length == 0)
        {
            throw new McpSecurityConfigurationException("[SafeExecutable] without a program accepts nothing: name one, as in [SafeExecutable(\"git\")].");
        }

        var problems = new List<string>();
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            try
            {
                paths.Add(entry, executables.Admit(entry));
            }
            catch (McpSecurityConfigurationException wrong)
            {
                problems.AddRange(wrong.Problems);
            }
        }

        _paths = problems.Count == 0 ? paths.ToFrozenDictionary(StringComparer.Ordinal) : throw new McpSecurityConfigurationException(problems);
        Choices = entries;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Choices { get; }

    int ILengthBound.MaxLength => Choices.Max(static choice => choice.Length);

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        if (value is not null && _paths.TryGetValue(value, out var path) && ExecutableFile.IsSound(path))
        {
            (value, violation) = (path, default);
            return true;
        }

        violation = new RuleViolation("SafeExecutable", "must be one of the programs this tool may start");
        return false;
    }
}
