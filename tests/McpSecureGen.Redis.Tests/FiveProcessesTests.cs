using System.Diagnostics;
using System.Text.Json.Nodes;
using McpSecureGen.Identity;
using McpSecureGen.Redis.Tests.Support;
using McpSecureGen.Tests.Identity;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Redis.Tests;

/// <summary>Five server processes behind one Redis.</summary>
public sealed class FiveProcessesTests : IDisposable
{
    private const int Processes = 5;

    private readonly TestTokens _issuer = new();
    private readonly RedisServer _redis = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-five-");

    public FiveProcessesTests() => _redis.Start();

    private static string Worker { get; } = Path.Combine(
        AppContext.BaseDirectory.Replace("McpSecureGen.Redis.Tests", "McpSecureGen.Redis.Worker", StringComparison.Ordinal),
        "McpSecureGen.Redis.Worker.dll");

    public void Dispose()
    {
        _redis.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Given_a_token_in_use_at_all_then_revoked_at_one_place_it_is_refused_at_all_within_a_second()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, Processes).Select(StartAsync));
        await using var operatorsPlace = new ServerInstance(_redis.Configuration, _issuer);
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < 5; round++)
        {
            var (token, other) = (ServerInstance.Token(_issuer, $"revoked-{round}"), ServerInstance.Token(_issuer, $"other-{round}", "bob"));
            Assert.All(await Task.WhenAll(servers.Select(server => CallAsync(server, token))), static count => Assert.NotNull(count));
            var revokedAt = TimeProvider.System.GetTimestamp();
            await operatorsPlace.Revocation.RevokeTokenAsync(TestTokens.Issuer, $"revoked-{round}", DateTimeOffset.UtcNow.AddMinutes(4));
            var refusals = await Task.WhenAll(servers.Select(server => UntilRefusedAsync(server, token, revokedAt)));
            slowest = refusals.Append(slowest).Max();

            // No effect after the refusal, and another caller's calls go on.
            foreach (var server in servers)
            {
                var before = await CallAsync(server, other);
                Assert.NotNull(before);
                Assert.Null(await CallAsync(server, token));
                Assert.Equal(before + 1, await CallAsync(server, other));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Refused at all five after at most {slowest.TotalMilliseconds:F0} ms (five rounds).");
        Assert.True(slowest < TimeSpan.FromSeconds(1), $"{slowest}");
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        // Not for another reason: the records say so.
        foreach (var log in _folder.EnumerateFiles("audit-*.jsonl"))
        {
            Assert.Contains("\"Revoked\"", await File.ReadAllTextAsync(log.FullName), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Given_N_per_second_for_all_then_N_per_second_are_let_through_in_total()
    {
        const int Permits = 200;
        const int Windows = 5;

        // Half a window before the next one would begin: what was let through is then Permits in each of them.
        var start = DateTimeOffset.UtcNow.AddSeconds(10).ToUnixTimeMilliseconds();
        var end = start + (Windows * 1000) - 500;
        var counts = await Task.WhenAll(Enumerable.Range(0, Processes).Select(_ => LimitAsync(Permits, start, end)));
        var off = (counts.Sum() - (Permits * Windows)) * 100.0 / (Permits * Windows);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{counts.Sum()} of {Permits * Windows} calls let through ({off:+0.0;-0.0;0} %), by process: {string.Join(", ", counts)}.");
        Assert.InRange(off, -5, 5);
        Assert.All(counts, static count => Assert.True(count > 0));
    }

    [Fact]
    public async Task Given_a_limited_tool_at_all_then_its_calls_count_together()
    {
        const int Permits = 40;
        const int Windows = 4;
        var servers = await Task.WhenAll(Enumerable.Range(0, Processes).Select(StartAsync));
        var token = ServerInstance.Token(_issuer, "limited");
        Assert.All(await Task.WhenAll(servers.Select(server => CallAsync(server, token))), static count => Assert.NotNull(count));

        var end = TimeProvider.System.GetUtcNow().AddSeconds(Windows - 0.5);
        var passed = await Task.WhenAll(servers.SelectMany(server => Enumerable.Range(0, 4).Select(_ => HammerAsync(server, token, end))));
        var ran = await Task.WhenAll(servers.Select(server => CallAsync(server, token)));
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        // What ran, by the servers' own count: each was asked twice besides.
        var off = (passed.Sum() - (Permits * Windows)) * 100.0 / (Permits * Windows);
        TestContext.Current.TestOutputHelper?.WriteLine($"{passed.Sum()} of {Permits * Windows} calls of a limited tool ran ({off:+0.0;-0.0;0} %).");
        Assert.Equal(passed.Sum(), ran.Sum() - (2 * Processes));
        Assert.InRange(off, -5, 5);
    }

    private static async Task<int> HammerAsync(McpClient server, string token, DateTimeOffset end)
    {
        var passed = 0;
        while (TimeProvider.System.GetUtcNow() < end)
        {
            try
            {
                var result = await server.CallToolAsync(new CallToolRequestParams
                {
                    Name = "count_limited",
                    Meta = new JsonObject { [CallMetaCredential.MetaKey] = token },
                });
                passed += result.IsError == true ? 0 : 1;
            }
            catch (McpProtocolException refusal) when (refusal.Data["reason"]?.ToString() is "rate_limited" or "unauthenticated")
            {
                await Task.Delay(5);
            }
        }

        return passed;
    }

    /// <summary>With a protocol version named, because the client's probe for the newest gives up on a process that is slow to start.</summary>
    private async Task<McpClient> StartAsync(int number) => await McpClient.CreateAsync(new StdioClientTransport(new()
    {
        Name = $"server {number}",
        Command = "dotnet",
        Arguments = ["exec", Worker],
        EnvironmentVariables = new Dictionary<string, string?>
        {
            ["McpSecurity__Authentication__Issuer"] = TestTokens.Issuer,
            ["McpSecurity__Authentication__Audience"] = TestTokens.Audience,
            ["McpSecurity__Authentication__Keys"] = _issuer.PublicKeySet(),
            ["McpSecurity__Redis__Configuration"] = _redis.Configuration,
            ["McpSecurity__Audit__Path"] = Path.Combine(_folder.FullName, $"audit-{number}.jsonl"),
        },
    }), new McpClientOptions { ProtocolVersion = "2025-11-25" });

    /// <summary>The number the tool counted to; null when the caller was refused. A machine too busy for the list to answer in time is asked again.</summary>
    private static async Task<int?> CallAsync(McpClient client, string token)
    {
        for (var deadline = Environment.TickCount64 + 20_000; ; await Task.Delay(50))
        {
            try
            {
                var result = await client.CallToolAsync(new CallToolRequestParams
                {
                    Name = "count",
                    Meta = new JsonObject { [CallMetaCredential.MetaKey] = token },
                });
                Assert.NotEqual(true, result.IsError);
                return int.Parse(Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (McpProtocolException refusal) when (refusal.Data["detail"]?.ToString() == "token not accepted")
            {
                return null;
            }
            catch (McpProtocolException refusal) when (refusal.Data["detail"]?.ToString() == "authentication unavailable")
            {
                Assert.True(Environment.TickCount64 < deadline, "The list does not answer.");
            }
        }
    }

    private static async Task<TimeSpan> UntilRefusedAsync(McpClient server, string token, long since)
    {
        while (await CallAsync(server, token) is not null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(10), "never refused");
        }

        return TimeProvider.System.GetElapsedTime(since);
    }

    private async Task<int> LimitAsync(int permits, long start, long end)
    {
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", Worker, "limit", _redis.Configuration, $"{permits}", "1000", $"{start}", $"{end}"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return int.Parse(output, System.Globalization.CultureInfo.InvariantCulture);
    }
}
