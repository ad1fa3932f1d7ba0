using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using McpSecureGen.EndToEnd.Http;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.EndToEnd.Load;

/// <summary>Many callers at a time, allowed and refused: each gets its own answer, and the record counts as many attempts as were made.</summary>
/// <remarks>Runs for five seconds, or for as many as the environment variable <c>MCPSEC_LOAD_SECONDS</c> says.</remarks>
public sealed class HttpLoadTests(ITestOutputHelper output)
{
    private const int Callers = 64;

    [Fact]
    public async Task Sixty_four_callers_get_their_own_answers_and_leave_one_record_each()
    {
        var logs = new CapturedLogs();
        await using var server = await HttpTestServer.StartAsync(
            static mcp => mcp.WithTools<NoteTools>(),
            services: services => services.AddLogging(logging => logging
                .SetMinimumLevel(LogLevel.Error).AddFilter("ModelContextProtocol", LogLevel.Critical).AddProvider(logs)));
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Callers }) { Timeout = TimeSpan.FromSeconds(60) };
        using var time = new CancellationTokenSource(Duration);
        var wrong = new ConcurrentBag<string>();
        var counts = new int[Enum.GetValues<LoadKind>().Length];

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));

        var attempts = counts.Sum();
        var records = File.ReadLines(server.Security.AuditFile).Count(static line => line.Contains("\"method\"", StringComparison.Ordinal));
        output.WriteLine($"{Callers} callers, {Duration.TotalSeconds:0} s: {attempts} attempts ({attempts / Duration.TotalSeconds:0} a second), {records} records; " +
            string.Join(", ", Enum.GetValues<LoadKind>().Select(kind => $"{kind} {counts[(int)kind]}")));
        Assert.Empty(wrong);
        Assert.Equal(attempts, records);
        Assert.Equal(counts[(int)LoadKind.Allowed], server.Effects.Count("read"));
        Assert.Equal(0, server.Effects.Count("written"));
        Assert.DoesNotContain("unhandled", logs.Text, StringComparison.OrdinalIgnoreCase);
        Assert.All(counts, static count => Assert.NotEqual(0, count));

        async Task CallAsync(int caller)
        {
            var good = Issuer.Token("read:files", subject: $"caller-{caller}");
            for (var i = caller; !time.IsCancellationRequested; i++)
            {
                var kind = (LoadKind)(i % counts.Length);
                Interlocked.Increment(ref counts[(int)kind]);
                using var request = Request(server.Endpoint, kind, good, $"note-{caller}-{i}");
                using var response = await http.SendAsync(request, CancellationToken.None);
                var body = await response.Content.ReadAsStringAsync(CancellationToken.None);
                if ((int)response.StatusCode != StatusOf(kind) || !body.Contains(MarkOf(kind, $"note-{caller}-{i}"), StringComparison.Ordinal))
                {
                    wrong.Add($"{kind}: {(int)response.StatusCode} {body}");
                }
            }
        }
    }

    private static TimeSpan Duration => TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable("MCPSEC_LOAD_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 5);

    private static HttpRequestMessage Request(Uri endpoint, LoadKind kind, string good, string note)
    {
        var tool = kind switch { LoadKind.TooFew => "write_note", LoadKind.UnknownTool => "no_such_tool", _ => "read_note" };
        var message =
            $$$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{{tool}}}}","arguments":{"name":"{{{{note}}}}"}}}""";
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(kind == LoadKind.Batch ? $"[{message}]" : message, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-06-18");
        var token = kind switch
        {
            LoadKind.NoToken => null,
            LoadKind.WrongAudience => WrongAudience,
            _ => good,
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private static readonly string WrongAudience = Issuer.Token("read:files", change: static claims => claims["aud"] = "https://elsewhere.example");

    private static int StatusOf(LoadKind kind) => kind switch
    {
        LoadKind.NoToken or LoadKind.WrongAudience => 401,
        LoadKind.TooFew => 403,
        LoadKind.Batch => 400,
        _ => 200,
    };

    /// <summary>What the answer must hold: an allowed caller's own note, and nobody else's.</summary>
    private static string MarkOf(LoadKind kind, string note) => kind switch
    {
        LoadKind.Allowed => $"note {note}",
        LoadKind.UnknownTool => "-32602",
        LoadKind.TooFew => "-32051",
        LoadKind.Batch => "-32600",
        _ => "-32050",
    };

    /// <summary>What a caller tries.</summary>
    private enum LoadKind
    {
        Allowed,
        NoToken,
        WrongAudience,
        TooFew,
        UnknownTool,
        Batch,
    }
}
