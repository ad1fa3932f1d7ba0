using System.Reflection;
using McpSecureGen.Cli.Tests.Support;

namespace McpSecureGen.Cli.Tests;

public sealed class JsonTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Given_json_when_any_command_succeeds_then_standard_output_is_one_document()
    {
        string[][] commands =
        [
            ["keys", "new", "--out", _bench.Keys],
            ["keys", "rotate", "--keys", _bench.Keys],
            ["keys", "rotate", "--keys", _bench.Keys, "--prune"],
            ["keys", "show", "--keys", _bench.Keys],
            ["keys", "jwks", "--keys", _bench.Keys],
            ["keys", "jwks", "--keys", _bench.Keys, "--out", _bench.PathOf("set.json")],
            ["token", "issue", "--keys", _bench.Keys, "--out", _bench.PathOf("token"), .. Bench.Request()],
            ["token", "inspect", "--file", _bench.PathOf("token")],
            ["roles", "list", "--config", _bench.Write("settings.json", "{}")],
            ["roles", "check", "--config", _bench.PathOf("settings.json")],
        ];
        foreach (var command in commands)
        {
            var run = (await _bench.Run([.. command, "--json"])).Expect(ExitCodes.Good);
            Assert.Null(run.Json["error"]);
            Assert.NotEmpty((await _bench.Run([.. command])).Out + string.Join(' ', command));
        }
    }

    [Fact]
    public async Task Given_json_when_any_command_fails_then_standard_output_is_one_document_with_the_exit_code()
    {
        string[][] commands =
        [
            [],
            ["keys"],
            ["nonsense"],
            ["keys", "new"],
            ["keys", "new", "--out", "x", "--algorithm", "none"],
            ["keys", "rotate", "--keys", _bench.PathOf("none")],
            ["keys", "show", "--keys", _bench.PathOf("none")],
            ["keys", "jwks", "--keys", _bench.PathOf("none")],
            ["token", "issue", "--keys", _bench.PathOf("none"), .. Bench.Request()],
            ["token", "watch", "--keys", _bench.PathOf("none"), "--out", _bench.PathOf("token"), .. Bench.Request()],
            ["token", "inspect", "--file", _bench.PathOf("none")],
            ["roles", "list", "--config", _bench.PathOf("none")],
            ["roles", "check", "--assembly", _bench.PathOf("none")],
        ];
        foreach (var command in commands)
        {
            var run = await _bench.Run([.. command, "--json"]);
            Assert.True(run.ExitCode is ExitCodes.Usage or ExitCodes.ConfigurationOrFile, $"{string.Join(' ', command)}: {run.ExitCode}");
            Assert.Equal(run.ExitCode, run.Json["error"]!["exitCode"]!.GetValue<int>());
            Assert.Equal($"error: {run.Json["error"]!["message"]}\n", run.Error);
        }
    }

    [Fact]
    public async Task Given_a_command_under_way_when_cancelled_then_it_ends_with_130()
    {
        await _bench.NewKeys();
        var run = await _bench.Run(["token", "inspect", "--json"], "x", isOutShown: false, new CancellationToken(canceled: true));

        run.Expect(ExitCodes.Cancelled);
        Assert.Equal(ExitCodes.Cancelled, run.Json["error"]!["exitCode"]!.GetValue<int>());
    }

    [Fact]
    public async Task Given_help_when_asked_for_then_it_is_good_and_names_every_command()
    {
        foreach (var (group, commands) in new Dictionary<string, string[]>
        {
            ["keys"] = ["new", "rotate", "show", "jwks"],
            ["token"] = ["issue", "inspect", "revoke", "watch"],
            ["roles"] = ["list", "check"],
        })
        {
            var run = (await _bench.Run(group, "--help")).Expect(ExitCodes.Good);
            Assert.All(commands, command => Assert.Contains($"  {command} ", run.Out, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Given_the_exit_codes_when_the_page_is_read_then_it_lists_each()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder(), "docs", "cli.md"));
        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!).ToList();

        Assert.All(codes, code => Assert.Contains($"| {code} |", page, StringComparison.Ordinal));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    private static string RepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "McpSecureGen.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
