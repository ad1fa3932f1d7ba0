using McpSecureGen.Capabilities;
using McpSecureGen.Hosting;

namespace McpSecureGen.Cli.Roles;

/// <summary>The roles of a server, or everything that is wrong with them. Judged by the table that servers use.</summary>
internal sealed class RoleFindings
{
    private RoleFindings(RoleTable? table, IReadOnlyList<string> problems)
    {
        Table = table;
        Problems = problems;
    }

    /// <summary>The joined roles; null when a server would not start with them.</summary>
    public RoleTable? Table { get; }

    /// <summary>One sentence or two each, with the nearest known name.</summary>
    public IReadOnlyList<string> Problems { get; }

    public static RoleFindings Of(AssemblyDeclarations declared, IReadOnlyDictionary<string, string[]> configured)
    {
        ServerVocabulary server;
        try
        {
            server = ServerVocabulary.Of(declared);
        }
        catch (McpSecurityConfigurationException error)
        {
            // Without a vocabulary every name would look unknown; these come first.
            return new(null, error.Problems);
        }

        try
        {
            var table = RoleTable.Create(server.Vocabulary, declared.Roles, configured);
            return new(table, [.. WithoutGrants(table)]);
        }
        catch (McpSecurityConfigurationException error)
        {
            var hints = Hints(server, declared, configured);
            return new(null, [.. error.Problems.Select(problem => problem + hints.GetValueOrDefault(problem))]);
        }
    }

    private static IEnumerable<string> WithoutGrants(RoleTable table) => table.Names
        .Where(role => table.GrantsOf(role).Count == 0)
        .Select(role => $"Role '{role}' grants nothing. Give it capabilities, or remove it.");

    /// <summary>From the library's sentence about one entry to the nearest known name.</summary>
    private static Dictionary<string, string> Hints(
        ServerVocabulary server, AssemblyDeclarations declared, IReadOnlyDictionary<string, string[]> configured)
    {
        var hints = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in declared.Roles)
        {
            foreach (var capability in role.Capabilities)
            {
                Add(capability, [new(role.Name, capability)], new Dictionary<string, string[]>());
            }
        }

        foreach (var (role, entries) in configured)
        {
            foreach (var entry in entries ?? [])
            {
                var capability = CapabilityGrant.TryParse(entry, out var grant) ? grant.Capability : entry;
                Add(capability, [], new Dictionary<string, string[]>(StringComparer.Ordinal) { [role] = [entry] });
            }
        }

        return hints;

        void Add(string capability, DefineRoleAttribute[] attributes, Dictionary<string, string[]> settings)
        {
            if (NearestName.To(capability, server.Names) is not { } nearest)
            {
                return;
            }

            try
            {
                RoleTable.Create(server.Vocabulary, attributes, settings);
            }
            catch (McpSecurityConfigurationException error)
            {
                foreach (var problem in error.Problems)
                {
                    hints[problem] = $" Did you mean '{nearest}'?";
                }
            }
        }
    }
}
