using System.Collections.Concurrent;
using System.Diagnostics;
using McpSecureGen.HostileInput.Support;
using McpSecureGen.Tests.Validation.Paths;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Paths;

/// <summary>Paths through tools of a running server that read, list, write, make and delete. What counts is what happened around the root.</summary>
public sealed class PathTests(ITestOutputHelper output)
{
    private const int Batch = 64;

    [Fact]
    public async Task Given_the_written_families_When_run_through_all_tools_Then_nothing_happens_outside() =>
        await RunAsync("Written families", HostilePaths.Families.Select(static family => (family.Key, (IReadOnlyList<string>)family.Value)));

    [Fact]
    public async Task Given_the_public_lists_When_run_through_all_tools_Then_nothing_happens_outside() =>
        await RunAsync(
            "Public lists, raw and decoded once and twice",
            Payloads.Of("paths").Select(static list => (list.List, (IReadOnlyList<string>)
                [.. list.Payloads.SelectMany(static line => line.Contains("{FILE}", StringComparison.Ordinal) ? (string[])[line.Replace("{FILE}", "outside.txt", StringComparison.Ordinal), line.Replace("{FILE}", "etc/passwd", StringComparison.Ordinal)] : [line])])));

    [Fact]
    public async Task Given_ordinary_names_When_written_read_listed_and_deleted_Then_none_is_refused()
    {
        await using var server = await PathServer.StartAsync();
        var refused = new ConcurrentQueue<string>();
        foreach (var batch in OrdinaryPaths.All.Where(static name => !OrdinaryPaths.Justified.ContainsKey(name)).Chunk(Batch))
        {
            await Task.WhenAll(batch.Select(async name =>
            {
                foreach (var tool in (string[])["confined_write", "confined_read", "string_write", "string_read", "confined_delete"])
                {
                    var (isRefused, text) = await server.CallAsync(tool, new { path = name });
                    if (isRefused || (tool.EndsWith("read", StringComparison.Ordinal) && text != "payload"))
                    {
                        refused.Enqueue($"{tool} {name}: {text}");
                    }
                }
            }));
        }

        output.WriteLine($"{OrdinaryPaths.All.Count} ordinary names, {refused.Count} refusals of others");
        foreach (var (name, reason) in OrdinaryPaths.Justified)
        {
            output.WriteLine($"refused and justified: {name}: {reason}");
            Assert.True((await server.CallAsync("confined_write", new { path = name })).IsRefused, name);
        }

        Assert.True(OrdinaryPaths.All.Count >= 2000);
        Assert.Empty(refused);
        Assert.False(server.HasChangedOutside());
    }

    [Fact]
    public async Task Given_entries_exchanged_for_links_When_tools_work_in_the_root_Then_nothing_gets_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The exchange at once is Linux' renameat2.");
        await using var server = await TestServer.StartAsync(static builder => builder.WithTools<PathTools>());
        using var race = new PathRace(server.Security.Root);
        race.Start();
        var (turn, done, refused) = (-1, 0, 0);
        var clock = Stopwatch.StartNew();
        var token = Issuer.Token("read:files write:files");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed.TotalSeconds < PathRace.Seconds)
            {
                var number = Interlocked.Increment(ref turn);
                var operation = PathRace.Operations[number % PathRace.Operations.Length];
                var path = PathRace.PlaceOf(operation, number / PathRace.Operations.Length);
                var result = await server.CallAsync("race", System.Text.Json.JsonSerializer.Serialize(new { operation, path }), token);
                race.Saw(operation, path, TestServer.Text(result));
                _ = result.IsError is true ? Interlocked.Increment(ref refused) : Interlocked.Increment(ref done);
            }
        })));
        race.Stop();
        output.WriteLine($"{race.Exchanges} exchanges, {race.Looks} looks around, {done} calls done, {refused} refused, in {PathRace.Seconds} s");
        Assert.False(race.HasEscaped, race.Escapes);
        Assert.True(done > 50 && refused > 0 && race.Exchanges > 1000);
    }

    private async Task RunAsync(string title, IEnumerable<(string Name, IReadOnlyList<string> Payloads)> lists)
    {
        var verdicts = new Verdicts(title + ", each through " + PathTools.Names.Length + " tools");
        await using var server = await PathServer.StartAsync();
        var clock = Stopwatch.StartNew();
        foreach (var (name, payloads) in lists)
        {
            foreach (var batch in payloads.Chunk(Batch))
            {
                var results = await Task.WhenAll(batch.Select(server.TryAsync));
                var escaped = server.HasChangedOutside();
                foreach (var (payload, result) in batch.Zip(results))
                {
                    foreach (var verdict in result)
                    {
                        verdicts.Add(name, payload, escaped ? Verdict.Escaped : verdict);
                    }
                }

                server.Reset();
            }
        }

        output.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s");
        verdicts.PrintAndRequireNoEscape(output);
    }
}
