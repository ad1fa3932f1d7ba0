using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>
/// Every transport, protocol version, way of asking and credential: one expected decision and one record each, and no effect but where it is
/// allowed (threats: a check that one version, one endpoint or a batch walked around, CVE-2026-11719 and its like).
/// </summary>
public sealed class DecisionTableTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Connections
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var transport in (string[])["stdio", "in-memory", "stateless", "stateful", "sse"])
            {
                foreach (var version in DecisionMessage.Versions)
                {
                    data.Add(transport, version);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Connections))]
    public async Task Every_cell_has_one_decision_and_one_record(string transport, string version)
    {
        using var files = new DecisionFiles();
        await using var connection = await OpenAsync(transport, files, version);
        var revoked = await files.RevokedTokenAsync();
        files.NewAudit();
        files.NewEffects();

        List<string> wrong = [];
        var cells = 0;
        foreach (var credential in DecisionCredential.All(revoked))
        {
            foreach (var route in Enum.GetValues<DecisionRoute>())
            {
                cells++;
                var expected = DecisionExpectation.Of(connection, route, credential.Worth);
                var answer = await connection.SendAsync(route, credential.Token);
                if (expected.Problem(answer, files.NewAudit(), files.NewEffects()) is { } problem)
                {
                    wrong.Add($"{route}, {credential.Name}: expected {expected.Reason}; {problem}");
                }
            }
        }

        output.WriteLine($"{transport}, {version}: {cells} cells, {wrong.Count} wrong");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(26 * Enum.GetValues<DecisionRoute>().Length, cells);
    }

    private static Task<IDecisionConnection> OpenAsync(string transport, DecisionFiles files, string version) => transport switch
    {
        "stdio" => PipeServers.StdioAsync(files, version),
        "in-memory" => PipeServers.InMemoryAsync(files, version),
        "stateless" => HttpConnection.StartAsync(files, version, HttpServerSessionMode.Stateless),
        "stateful" => HttpConnection.StartAsync(files, version, HttpServerSessionMode.Stateful),
        _ => SseConnection.StartAsync(files, version),
    };
}
