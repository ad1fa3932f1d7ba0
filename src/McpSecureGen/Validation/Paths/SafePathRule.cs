using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Paths;

/// <summary>
/// Confines a path to a root (<see cref="SafePathAttribute"/>): reads it lexically, resolves every link on the way, and accepts it only when the real
/// location lies beneath the real root. The value becomes that location, absolute and without links.
/// </summary>
/// <remarks>
/// <para><c>..</c> is taken lexically: <c>a/../b</c> is <c>b</c>, whether <c>a</c> exists or is a link. Backslash separates on every operating system.
/// <c>~</c> and <c>%TEMP%</c> are ordinary names: nothing expands an absolute path. A file with a second name is refused unless the declaration allows it: the other name may lie outside.</para>
/// <para>The check and the use are two moments: what another process swaps in between is not seen. <see cref="ConfinedPath"/> has no such moment.</para>
/// <para>Any failure on the way refuses. The messages never hold a path of the host, and a link that leads out and a link that leads nowhere get the
/// same one, so that nothing outside can be probed.</para>
/// </remarks>
public sealed class SafePathRule : IValueRule<string>, ILengthBound, ICanonicalRule
{
    internal const string MustLieInside = "must lie inside its root folder";

    private const string Rule = "SafePath";

    private readonly PathRoot _root;
    private readonly PathPolicy _policy;
    private readonly bool _mustExist;

    /// <summary>The rule of one attribute.</summary>
    /// <param name="roots">The configured roots.</param>
    /// <param name="attribute">The declaration.</param>
    /// <exception cref="McpSecurityConfigurationException">The root is not configured, or the declaration contradicts itself.</exception>
    public SafePathRule(PathRoots roots, SafePathAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(attribute);
        _root = roots.Get(attribute.Root);
        _policy = PathPolicy.Of(attribute);
        _mustExist = attribute.MustExist;
    }

    int ILengthBound.MaxLength => _policy.MaxLength;

    /// <inheritdoc/>
    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        violation = default;
        string? fault;
        try
        {
            fault = Check(value, out var canonical);
            if (fault is null)
            {
                value = canonical;
                return true;
            }
        }
        catch (Exception)
        {
            // Fail closed: dangling or looping link, no permission, a name the file system does not take. One message for all: no probing.
            fault = MustLieInside;
        }

        violation = new RuleViolation(Rule, fault);
        return false;
    }

    private string? Check(string value, out string canonical)
    {
        canonical = "";
        if (value is null || value.Length > _policy.MaxLength)
        {
            return value is null ? "must be a path" : $"must have at most {_policy.MaxLength} characters";
        }

        var fault = PathSyntax.Parse(value, out var components) ?? _policy.FaultOfExtension(components.Count == 0 ? "" : components[^1]);
        if (fault is not null)
        {
            return fault;
        }

        if (_policy.Access == PathAccess.Write && _root.ReadOnly)
        {
            return "must not be written: its root folder is read-only";
        }

        var resolved = RealPath.Resolve(_root.RealPath, components);
        if (!_root.Contains(resolved.Path))
        {
            return MustLieInside;
        }

        canonical = resolved.Path;
        return FaultOfEntry(resolved, asFolder: value[^1] is '/' or '\\') ?? _policy.FaultOfExtension(Path.GetFileName(resolved.Path));
    }

    private string? FaultOfEntry(ResolvedPath resolved, bool asFolder)
    {
        if (resolved.Kind == PathKind.Special)
        {
            return "must name a file or folder, not a pipe, socket or device";
        }

        if (asFolder && resolved.Kind == PathKind.File)
        {
            return "must not end in a separator unless it names a folder";
        }

        if (resolved.Kind == PathKind.File && !_policy.AllowHardLinks && EntryProbe.HasOtherNames(resolved.Path))
        {
            return "must not name a file that has another name (a hard link)";
        }

        if (_mustExist && resolved.Kind == PathKind.Missing)
        {
            return "must name an existing file or folder";
        }

        if (_policy.Access != PathAccess.Write)
        {
            return null;
        }

        return resolved.Path == _root.RealPath ? "must not be the root folder itself"
            : resolved.MissingComponents > 1 ? "must lie in an existing folder"
            : null;
    }
}
