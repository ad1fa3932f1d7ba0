using McpSecureGen.Hosting;

namespace McpSecureGen.Capabilities;

/// <summary>Role to capabilities: from <see cref="DefineRoleAttribute"/> and from the configuration section <c>McpSecurity:Roles</c>.</summary>
/// <remarks>
/// Role names are compared exactly. A role named in both places has the capabilities of both. A role no one defined grants nothing.
/// </remarks>
public sealed class RoleTable
{
    private readonly Dictionary<string, List<CapabilityGrant>> _roles = new(StringComparer.Ordinal);

    private RoleTable()
    {
    }

    /// <summary>The names of all roles, sorted.</summary>
    public IReadOnlyList<string> Names => CapabilitySet.SortedDistinct(_roles.Keys);

    /// <summary>Joins both sources.</summary>
    /// <param name="vocabulary">Decides which capabilities exist.</param>
    /// <param name="defined">The roles of the assembly that hosts the server.</param>
    /// <param name="configured">
    /// Role to entries, <c>read:files</c> or, limited to a namespace, <c>files/read:files</c>. The namespace is what stands before the first
    /// <c>/</c> that precedes the <c>:</c>.
    /// </param>
    /// <exception cref="McpSecurityConfigurationException">
    /// A capability is unknown, a role has no name or is defined twice by attributes, a namespace is empty. All problems are in the one exception.
    /// </exception>
    public static RoleTable Create(
        CapabilityVocabulary vocabulary,
        IEnumerable<DefineRoleAttribute> defined,
        IReadOnlyDictionary<string, string[]> configured)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(defined);
        ArgumentNullException.ThrowIfNull(configured);

        var table = new RoleTable();
        var problems = new List<string>();
        foreach (var role in defined)
        {
            table.AddDefined(role, vocabulary, problems);
        }

        foreach (var (role, entries) in configured)
        {
            table.AddConfigured(role, entries, vocabulary, problems);
        }

        return problems.Count > 0 ? throw new McpSecurityConfigurationException(problems) : table;
    }

    /// <summary>What holders of <paramref name="role"/> are granted; nothing for a role unknown here.</summary>
    internal IReadOnlyList<CapabilityGrant> GrantsOf(string role) => _roles.TryGetValue(role, out var grants) ? grants : [];

    private void AddDefined(DefineRoleAttribute role, CapabilityVocabulary vocabulary, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(role.Name))
        {
            problems.Add("DefineRole: a role has no name. Give the name that stands in the token's roles claim.");
            return;
        }

        var grants = new List<CapabilityGrant>();
        if (!_roles.TryAdd(role.Name, grants))
        {
            problems.Add($"DefineRole(\"{role.Name}\"): the role is defined twice. Join the definitions.");
            return;
        }

        // A list that holds only nulls or blanks must not read as "no limit".
        var namespaces = role.Namespaces ?? [];
        if (namespaces.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add($"DefineRole(\"{role.Name}\"): Namespaces holds an empty name. Name the namespace, or remove the entry.");
        }

        foreach (var capability in role.Capabilities ?? [])
        {
            if (!vocabulary.IsKnown(capability))
            {
                problems.Add(CapabilityVocabulary.Unknown(capability, $"DefineRole(\"{role.Name}\") grants"));
                continue;
            }

            grants.AddRange(namespaces.Length == 0
                ? [new CapabilityGrant(null, capability)]
                : namespaces.Select(ns => new CapabilityGrant(ns, capability)));
        }
    }

    private void AddConfigured(string role, string[]? entries, CapabilityVocabulary vocabulary, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(role))
        {
            problems.Add($"{McpSecurityOptions.SectionName}:Roles: a role has no name. Give the name that stands in the token's roles claim.");
            return;
        }

        if (!_roles.TryGetValue(role, out var grants))
        {
            _roles.Add(role, grants = []);
        }

        foreach (var entry in entries ?? [])
        {
            if (CapabilityGrant.TryParse(entry, out var grant) && vocabulary.IsKnown(grant.Capability))
            {
                grants.Add(grant);
            }
            else
            {
                problems.Add(CapabilityVocabulary.Unknown(grant.Capability ?? entry, $"{McpSecurityOptions.SectionName}:Roles:{role} grants"));
            }
        }
    }
}
