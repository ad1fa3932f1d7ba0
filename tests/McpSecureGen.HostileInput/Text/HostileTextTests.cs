using System.Diagnostics;
using System.Text.Json;
using McpSecureGen.HostileInput.Processes;
using McpSecureGen.HostileInput.Support;

namespace McpSecureGen.HostileInput.Text;

/// <summary>Whatever text a client sends, a log has one line for each record, and what the line shows is what was sent.</summary>
public sealed class HostileTextTests(ITestOutputHelper output)
{
    // What any viewer takes for the end of a line, and what a terminal takes for a command.
    private static readonly string[] LineEnds = ["\r", "\n", "\v", "\f", "\u0085", "\u2028", "\u2029"];

    private static readonly string[] Signs =
        ["\0", "\b", "\u001b[2K", "\u001b]8;;https://attacker.example\u001b\\x", "\u001b]52;c;cHduZWQ=\a", "\u009b2K", "\u007f", "\u202E", "\u202A", "\u2066", "\u2069", "\u200E", "\u200F", "\u061C",
         "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u180E", "\u3164", "\u115F", "\U000E0041", "\U000E0001", "\U000E007F", "\uFFF9", "\uFFFE", "\uFDD0", "\t"];

    private static IEnumerable<string> Own =>
        from sign in LineEnds.Concat(LineEnds.Select(static end => end + end)).Append("\r\n").Concat(Signs)
        from text in (string[])["{0}", "a{0}INFO note=forged", "{0}INFO note=forged", "a{0}", "user=a{0}{{\"level\":\"error\"}}", "日本{0}語", "😀{0}😀", "%0d%0a{0}"]
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, text, sign);

    [Theory]
    [InlineData("note")]
    [InlineData("note_argument")]
    [InlineData("note_lines")]
    public async Task The_text_lists_of_others_leave_one_line_for_each_record(string tool)
    {
        var naughty = JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(Path.Combine(Corpora.FolderOrSkip("text"), "blns.json")))!;
        (string, IReadOnlyList<string>)[] lists = [.. Payloads.Of("text"), ("blns.json", Payloads.Spread(naughty))];
        await JudgeAsync($"Text lists through {tool}", tool, lists);
    }

    [Theory]
    [InlineData("note")]
    [InlineData("note_argument")]
    [InlineData("note_lines")]
    public async Task Own_families_leave_one_line_for_each_record(string tool) =>
        await JudgeAsync($"Own families through {tool}", tool, [("own: line ends and signs", Payloads.Spread(Own)), ("own: commands", Payloads.Spread(CommandFamilies.ShellSyntax))]);

    [Fact]
    public async Task Each_own_sign_is_refused_and_the_same_text_without_it_is_not()
    {
        await using var server = await TextServer.StartAsync();
        foreach (var sign in LineEnds.Concat(Signs))
        {
            Assert.Null(await server.CallAsync("note", "text", $"a{sign}b"));
            Assert.Null(await server.CallAsync("note_argument", "text", $"a{sign}b"));
            Assert.NotNull(await server.CallAsync("note", "text", "ab"));
        }

        Assert.Equal(LineEnds.Length + Signs.Length, server.Sinks.Records);
    }

    [Fact]
    public async Task A_tool_without_the_attribute_shows_that_a_line_can_be_forged()
    {
        await using var server = await TextServer.StartAsync();
        Assert.NotNull(await server.CallAsync("note_unchecked", "text", "a\nINFO note=forged"));
        Assert.Equal((1, 2), (server.Sinks.Records, Lines(server.Sinks.Log.ToString())));
    }

    [Fact]
    public async Task Ordinary_text_is_never_refused()
    {
        await using var server = await TextServer.StartAsync();
        string[] values = [.. OrdinaryText.All];
        Assert.True(values.Length >= 2000, $"{values.Length}");
        foreach (var chunk in values.Chunk(500))
        {
            Assert.True(await server.CallAsync("note_texts", "texts", chunk) is not null, string.Join('\n', chunk.Take(20)));
        }

        Assert.Equal(values.Length, server.Sinks.Records);
        output.WriteLine($"Ordinary text: {values.Length}, refused 0.");
        output.WriteLine("Refused by intent:");
        foreach (var (value, reason) in OrdinaryText.Refused)
        {
            Assert.Null(await server.CallAsync("note", "text", value));
            output.WriteLine($"  {reason}");
        }
    }

    [Theory]
    [InlineData("match", true)]
    [InlineData("match_backtracking", false)]
    public async Task A_pattern_that_blows_up_answers_soon(string tool, bool isLinear)
    {
        await using var server = await TextServer.StartAsync();
        Assert.NotNull(await server.CallAsync(tool, "text", "aaaa"));
        var clock = Stopwatch.StartNew();
        Assert.Null(await server.CallAsync(tool, "text", new string('a', isLinear ? 90_000 : 40) + "!"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
        Assert.Equal(1, server.Sinks.Records);
    }

    private async Task JudgeAsync(string title, string tool, IReadOnlyList<(string List, IReadOnlyList<string> Payloads)> lists)
    {
        await using var server = await TextServer.StartAsync();
        var verdicts = new Verdicts(title);
        foreach (var (list, payloads) in lists)
        {
            foreach (var payload in payloads)
            {
                var before = (server.Sinks.Records, Lines: Lines(server.Sinks.Log.ToString()), server.Sinks.Log.Length);
                var accepted = await server.CallAsync(tool, "text", payload) is not null;
                var log = server.Sinks.Log.ToString();
                var (records, lines) = (server.Sinks.Records - before.Records, Lines(log[before.Length..]));
                var isClean = records == lines && !log.AsSpan(before.Length).ContainsAny(['\u001b', '\u009b', '\u202E', '\u200B', '\0']);
                verdicts.Add(list, payload, (accepted, records, isClean) switch
                {
                    (false, 0, true) => Verdict.Refused,
                    (true, 1, true) => Verdict.Harmless,
                    _ => Verdict.Escaped,
                });
            }
        }

        verdicts.PrintAndRequireNoEscape(output);
    }

    private static int Lines(string log) => log.Split([.. LineEnds], StringSplitOptions.None).Length - 1;
}
