using FileServer.Demo;
using FileServer.Demo.Rows;

using var folder = DemoFolder.Create();
using var issuer = new TokenIssuer(folder);
var tokens = new Tokens(issuer);
var results = new List<RowResult>();
var attempts = 0;

// 1. One server for several callers: each call brings its own token in _meta.
attempts += await RunAsync("per-call tokens", ambient: [], [
    .. AllowedRows.All(tokens, folder),
    .. IdentityRows.All(tokens),
    .. CapabilityRows.All(tokens, folder),
    .. ArgumentRows.All(tokens),
    .. PathRows.All(tokens, folder),
    .. PromptAndResourceRows.All(tokens, folder),
]);

// 2. The server of one user: the token stands in the environment.
attempts += await RunAsync(
    "MCP_ACCESS_TOKEN", ambient: new() { ["MCP_ACCESS_TOKEN"] = tokens.Reader }, [.. AmbientTokenRows.FromEnvironment(tokens)]);

// 3. The token stands in a file that its launcher rotates and withdraws.
attempts += await RunAsync(
    "MCP_ACCESS_TOKEN_FILE", ambient: new() { ["MCP_ACCESS_TOKEN_FILE"] = folder.TokenFile }, [.. AmbientTokenRows.FromFile(tokens, folder)]);

Report.Table(results);
var allAsExpected = Report.Summary(results);
var startsOnlyComplete = await StartUpCheck.RunAsync(folder);
var isLogSound = AuditCheck.Run(folder, attempts);
return allAsExpected && startsOnlyComplete && isLogSound ? 0 : 1;

async Task<int> RunAsync(string server, Dictionary<string, string?> ambient, IReadOnlyList<Row> rows)
{
    var settings = ServerProcess.Settings(folder).Concat(ambient).ToDictionary();
    await using var process = await ServerProcess.StartAsync(settings, static line => Console.Error.WriteLine("server: " + line));
    foreach (var row in rows)
    {
        results.Add(await RowRun.RunAsync(server, row, process, folder));
    }

    return process.Attempts;
}
