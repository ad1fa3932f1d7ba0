using McpSecureGen.Capabilities;
using McpSecureGen.Hosting;

namespace McpSecureGen.Tests.Capabilities;

public sealed class RoleTableTests
{
    private static readonly CapabilityVocabulary Vocabulary = CapabilityVocabulary.Create([]);

    private static RoleTable Create(DefineRoleAttribute[] defined, Dictionary<string, string[]>? configured = null) =>
        RoleTable.Create(Vocabulary, defined, configured ?? []);

    [Fact]
    public void Role_of_both_places_has_the_capabilities_of_both()
    {
        var table = Create(
            [new("clerk", "read:files", "env:read") { Namespaces = ["files", "notes"] }, new("idle")],
            new() { ["clerk"] = ["net:access", "web/net:listen", "web/read:files/temp/x"], ["ops"] = ["exec:commands"] });

        Assert.Equal(["clerk", "idle", "ops"], table.Names);
        Assert.Equal(
            [
                new("files", "read:files"), new("notes", "read:files"), new("files", "env:read"), new("notes", "env:read"),
                new(null, "net:access"), new("web", "net:listen"), new("web", "read:files/temp/x"),
            ],
            table.GrantsOf("clerk"));
        Assert.Empty(table.GrantsOf("idle"));
        Assert.Empty(table.GrantsOf("Clerk"));
        Assert.Empty(table.GrantsOf(""));
    }

    [Fact]
    public void Slash_after_the_colon_belongs_to_the_capability() =>
        Assert.Equal([new(null, "read:files/temp")], Create([], new() { ["r"] = ["read:files/temp"] }).GrantsOf("r"));

    [Fact]
    public void All_problems_come_in_one_exception()
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => Create(
            [
                new("", "read:files"), new("a", "read:file"), new("a", "read:files"), new("b", "files/read:files"),
                new("c", "read:files") { Namespaces = [""] },
            ],
            new() { ["d"] = ["read:all", "files/read:all", "/read:files", "a/b/read:files", "", null!], [" "] = [] }));

        Assert.Equal(12, error.Problems.Count);
        Assert.Contains(error.Problems, problem => problem.Contains("\"a\"): the role is defined twice", StringComparison.Ordinal));
        Assert.Equal(6, error.Problems.Count(problem => problem.StartsWith("McpSecurity:Roles:d grants", StringComparison.Ordinal)));
    }
}
