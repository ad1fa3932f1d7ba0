using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// The rule of a <see cref="SafePathAttribute"/> on a <see cref="ConfinedPath"/>: the syntax of <see cref="SafePathRule"/>, and a look at what stands there
/// now, so that the client learns early what every operation would refuse later.
/// </summary>
public sealed class ConfinedPathRule : IValueRule<ConfinedPath>, ILengthBound, ICanonicalRule
{
    private const string Rule = "SafePath";

    private readonly PathRoot _root;
    private readonly PathPolicy _policy;
    private readonly bool _mustExist;

    /// <summary>The rule of one attribute.</summary>
    /// <param name="roots">The configured roots.</param>
    /// <param name="attribute">The declaration.</param>
    /// <exception cref="McpSecurityConfigurationException">The root is not configured, or the declaration contradicts itself.</exception>
    public ConfinedPathRule(PathRoots roots, SafePathAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(attribute);
        _root = roots.Get(attribute.Root);
        _policy = PathPolicy.Of(attribute);
        _mustExist = attribute.MustExist;
    }

    int ILengthBound.MaxLength => _policy.MaxLength;

    /// <inheritdoc/>
    public bool TryApply(ref ConfinedPath value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        string? fault;
        try
        {
            fault = Check(value?.Text, out var components);
            if (fault is null)
            {
                value = new ConfinedPath(_root.Folder, _policy, [.. components]);
                return true;
            }
        }
        catch (Exception)
        {
            // Fail closed: a link that leads out, no permission, a closed root. One message for all: no probing.
            fault = SafePathRule.MustLieInside;
        }

        violation = new RuleViolation(Rule, fault);
        return false;
    }

    private string? Check(string? value, out List<string> components)
    {
        components = [];
        if (value is null || value.Length > _policy.MaxLength)
        {
            return value is null ? "must be a path" : $"must have at most {_policy.MaxLength} characters";
        }

        var fault = PathSyntax.Parse(value, out components) ?? _policy.FaultOfExtension(components.Count == 0 ? "" : components[^1]);
        if (fault is not null)
        {
            return fault;
        }

        var writes = _policy.Access == PathAccess.Write;
        if (writes && _root.ReadOnly)
        {
            return "must not be written: its root folder is read-only";
        }

        if (writes && components.Count == 0)
        {
            return "must not be the root folder itself";
        }

        string[] names = [.. components];
        if (_root.Folder.Look(names, followLast: true) is { } facts)
        {
            return facts.Kind == PathKind.File && value[^1] is '/' or '\\'
                ? "must not end in a separator unless it names a folder"
                : _policy.FaultOfEntry(facts);
        }

        return _mustExist ? "must name an existing file or folder"
            : writes && _root.Folder.Look(names.AsSpan(0, names.Length - 1), followLast: true) is not { Kind: PathKind.Folder } ? "must lie in an existing folder"
            : null;
    }
}
