using McpSecureGen.Cli.Tests.Support;

namespace McpSecureGen.Cli.Tests;

public sealed class RolesTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Given_roles_in_assembly_and_settings_when_listed_then_they_are_joined_and_nothing_is_loaded()
    {
        var server = ServerAssembly.Write(
            _bench.Folder,
            "JoinedServer",
            ["purge:files"],
            [("developer", ["read:files", "purge:files"], []), ("tester", ["read:files"], ["files", "db"])]);
        var settings = _bench.Write("appsettings.json", """{ "McpSecurity": { "Roles": { "developer": [ "db/db:access" ], "auditor": [ "read:files" ] } } }""");

        var run = (await _bench.Run("roles", "list", "--assembly", server, "--config", settings, "--json")).Expect(ExitCodes.Good);

        var roles = run.Json["roles"]!.AsArray().ToDictionary(role => role!["role"]!.GetValue<string>(), role => role!, StringComparer.Ordinal);
        Assert.Equal(["auditor", "developer", "tester"], roles.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("assembly and settings", roles["developer"]["from"]!.GetValue<string>());
        Assert.Equal(
            ["/purge:files", "/read:files", "db/db:access"],
            roles["developer"]["grants"]!.AsArray().Select(grant => $"{grant!["namespace"]}/{grant["capability"]}").Order(StringComparer.Ordinal));
        Assert.Equal(2, roles["tester"]["grants"]!.AsArray().Count);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == "JoinedServer");
        Assert.Contains("read:files (in files), read:files (in db)", (await _bench.Run("roles", "list", "--assembly", server)).Out, StringComparison.Ordinal);
        (await _bench.Run("roles", "check", "--assembly", server, "--config", settings)).Expect(ExitCodes.Good);
    }

    [Fact]
    public async Task Given_a_capability_of_a_library_when_the_host_uses_it_then_it_is_known_and_the_librarys_roles_do_not_count()
    {
        // The written assemblies refer to McpSecureGen only; the copy beside them stands for a library with definitions of its own.
        var server = ServerAssembly.Write(_bench.Folder, "Host", roles: [("cleaner", ["sweep:floors"], [])]);
        (await _bench.Run("roles", "check", "--assembly", server)).Expect(ExitCodes.CheckFailed);

        ServerAssembly.Write(_bench.Folder, "McpSecureGen", ["sweep:floors"], [("intruder", ["exec:commands"], [])]);
        var run = (await _bench.Run("roles", "list", "--assembly", server)).Expect(ExitCodes.Good);
        Assert.DoesNotContain("intruder", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "auditor": [ "raed:files" ] }""", "Did you mean 'read:files'?")]
    [InlineData("""{ "auditor": [ "files/write:file" ] }""", "Did you mean 'write:files'?")]
    [InlineData("""{ "auditor": [ "Read Files" ] }""", "is not a capability name")]
    [InlineData("""{ "auditor": [ "/read:files" ] }""", "is not a capability name")]
    [InlineData("""{ "auditor": [] }""", "grants nothing")]
    public async Task Given_a_fault_in_the_settings_when_checked_then_it_is_named(string roles, string says)
    {
        var settings = _bench.Write("appsettings.json", $$"""{ "McpSecurity": { "Roles": {{roles}} } }""");

        var run = (await _bench.Run("roles", "check", "--config", settings, "--json")).Expect(ExitCodes.CheckFailed);

        var problem = Assert.Single(run.Json["problems"]!.AsArray())!.GetValue<string>();
        Assert.Contains("auditor", problem, StringComparison.Ordinal);
        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.Contains("auditor", (await _bench.Run("roles", "check", "--config", settings)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_faults_in_the_assembly_when_checked_then_all_are_named()
    {
        var server = ServerAssembly.Write(
            _bench.Folder, "Faulty", roles: [("twice", ["read:files"], []), ("twice", ["write:files"], []), ("typo", ["exec:comands"], []), ("idle", [], [])]);

        var run = (await _bench.Run("roles", "check", "--assembly", server)).Expect(ExitCodes.CheckFailed);

        Assert.Contains("DefineRole(\"twice\"): the role is defined twice", run.Out, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'exec:commands'?", run.Out, StringComparison.Ordinal);
        (await _bench.Run("roles", "list", "--assembly", server)).Expect(ExitCodes.CheckFailed);
    }

    [Fact]
    public async Task Given_sources_that_cannot_be_read_when_checked_then_they_are_named()
    {
        (await _bench.Run("roles", "check")).Expect(ExitCodes.Usage);
        (await _bench.Run("roles", "check", "--config", _bench.PathOf("absent.json"))).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run("roles", "check", "--config", _bench.Write("broken.json", "{ \"a\": "))).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run("roles", "check", "--assembly", _bench.PathOf("absent.dll"))).Expect(ExitCodes.ConfigurationOrFile);
        (await _bench.Run("roles", "check", "--assembly", _bench.Write("text.dll", "not an assembly"))).Expect(ExitCodes.ConfigurationOrFile);
    }
}
