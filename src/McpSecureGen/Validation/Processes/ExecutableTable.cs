using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using McpSecureGen.Hosting;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Validation.Processes;

/// <summary>
/// The programs that may be started: those of <c>McpSecurity:Executables</c>, and those that a <see cref="SafeExecutableAttribute"/> names by their path.
/// </summary>
/// <remarks>Each is resolved and examined once at start-up, and examined again before each run. No program is allowed by default.</remarks>
internal sealed class ExecutableTable
{
    private readonly FrozenDictionary<string, string> _byName;
    private readonly ConcurrentDictionary<string, bool> _paths;
    private readonly PathRoot[] _writableRoots;

    private ExecutableTable(Dictionary<string, string> byName, PathRoot[] writableRoots)
    {
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _paths = new(byName.Values.Distinct(StringComparer.Ordinal).Select(static path => KeyValuePair.Create(path, true)), StringComparer.Ordinal);
        _writableRoots = writableRoots;
    }

    /// <summary>Examines every entry.</summary>
    /// <param name="executables">Name to absolute path, as configured.</param>
    /// <param name="roots">The folders of the server: what its tools may write must not be started.</param>
    /// <exception cref="McpSecurityConfigurationException">All entries that are not acceptable.</exception>
    internal static ExecutableTable Create(IReadOnlyDictionary<string, string> executables, IEnumerable<PathRoot> roots)
    {
        PathRoot[] writable = [.. roots.Where(static root => !root.ReadOnly)];
        var problems = new List<string>();
        var accepted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, path) in executables)
        {
            if (!IsName(name))
            {
                problems.Add($"McpSecurity:Executables:{name} has a name that is not one: use letters, digits and any of '.', '_', '+' and '-' after the first.");
            }
            else if ((ExecutableFile.Problem(path, out var realPath) ?? Writable(writable, realPath)) is { } problem)
            {
                problems.Add($"McpSecurity:Executables:{name} {problem}");
            }
            else
            {
                accepted.Add(name, realPath);
            }
        }

        return problems.Count == 0 ? new ExecutableTable(accepted, writable) : throw new McpSecurityConfigurationException(problems);
    }

    /// <summary>The path of a program that an attribute names, and from then on one that may be started.</summary>
    /// <param name="entry">A name of the configuration, or an absolute path.</param>
    /// <exception cref="McpSecurityConfigurationException">It is not configured, or not acceptable.</exception>
    internal string Admit(string entry)
    {
        if (!Path.IsPathFullyQualified(entry))
        {
            return _byName.TryGetValue(entry, out var configured)
                ? configured
                : throw new McpSecurityConfigurationException(
                    $"[SafeExecutable(\"{entry}\")] names a program that is not configured: set McpSecurity:Executables:{entry} to its absolute path.");
        }

        if ((ExecutableFile.Problem(entry, out var realPath) ?? Writable(_writableRoots, realPath)) is { } problem)
        {
            throw new McpSecurityConfigurationException($"[SafeExecutable(\"{entry}\")] {problem}");
        }

        _paths.TryAdd(realPath, true);
        return realPath;
    }

    /// <summary>The path of a program that may be started: given by its name, or by the path that <see cref="Admit"/> has answered.</summary>
    internal bool TryFind(string? program, [NotNullWhen(true)] out string? realPath)
    {
        realPath = null;
        return !string.IsNullOrEmpty(program)
            && (_byName.TryGetValue(program, out realPath) || (_paths.ContainsKey(program) && (realPath = program) is not null));
    }

    // What a tool may write, its caller could write first and start afterwards (CWE-427, CVE-2026-77271).
    private static string? Writable(PathRoot[] roots, string realPath) =>
        roots.FirstOrDefault(root => root.Contains(realPath)) is { } root
            ? $"lies inside McpSecurity:Roots:{root.Name}, where tools may write: move the program, or set the root ReadOnly."
            : null;

    private static bool IsName(string name) =>
        name.Length > 0 && (char.IsAsciiLetterOrDigit(name[0]) || name[0] == '_')
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-');
}
