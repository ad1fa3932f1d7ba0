using McpSecureGen.Analyzers.Parsing;

namespace McpSecureGen.Cli.Roles;

/// <summary>"Did you mean".</summary>
internal static class NearestName
{
    /// <summary>The known name that is most like <paramref name="name"/>; null when none is like it.</summary>
    public static string? To(string name, IEnumerable<string> known)
    {
        var nearest = known
            .Select(candidate => (Name: candidate, Distance: EditDistance.Between(name, candidate)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, name.Length / 3) ? nearest.Name : null;
    }
}
