using McpSecureGen.HostileInput.Support;
using McpSecureGen.HostileInput.Text;

namespace McpSecureGen.HostileInput.Processes;

/// <summary>Whatever a client sends, a program receives exactly the arguments that the author meant, or is not started. A recorder writes down what it received.</summary>
public sealed class HostileArgumentTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_command_lists_of_others_reach_a_program_as_they_are_or_not_at_all()
    {
        var lists = Payloads.Of("commands").ToArray();
        await JudgeAsync("Command lists through [SafeArgument] string and ToolProcess", lists, "run_with", "argument", static payload => ["fixed", payload]);
    }

    [Fact]
    public async Task The_same_lists_after_the_end_of_options()
    {
        var lists = Payloads.Of("commands").Select(static list => (list.List, (IReadOnlyList<string>)Thin(list.Payloads))).ToArray();
        await JudgeAsync("Command lists, every fourth, through [SafeArgument(AllowLeadingDash = true)] and Operands", lists, "run_operand", "operand", static payload => ["fixed", "--", payload]);
    }

    [Fact]
    public async Task The_same_lists_as_elements_of_an_array_start_one_program_with_all_or_none()
    {
        var lists = Payloads.Of("commands").ToArray();
        await using var server = await RecorderServer.StartAsync();
        var verdicts = new Verdicts("Command lists through [SafeArgument] string[], 32 elements a call");
        var runs = 0;
        foreach (var (list, payloads) in lists)
        {
            // One element that is refused refuses the call: those are left out first, one by one, without a program.
            foreach (var group in payloads.GroupBy(static payload => IsData(payload)))
            {
                foreach (var chunk in group.Chunk(32))
                {
                    var record = await server.RunAsync("run_list", "arguments", chunk);
                    var verdict = record is null ? Verdict.Refused : server.Recorder.Argv(record).SequenceEqual(chunk, StringComparer.Ordinal) ? Verdict.Harmless : Verdict.Escaped;
                    Assert.Equal(group.Key, record is not null);
                    runs += record is null ? 0 : 1;
                    Array.ForEach(chunk, payload => verdicts.Add(list, payload, verdict));
                }
            }
        }

        Assert.Equal(runs, server.Recorder.Count);
        verdicts.PrintAndRequireNoEscape(output);
    }

    [Fact]
    public async Task The_command_lists_name_no_program()
    {
        var lists = Payloads.Of("commands").ToArray();
        await using var server = await RecorderServer.StartAsync();
        var verdicts = new Verdicts("Command lists through [SafeExecutable(\"recorder\")], and as the program's name of ToolProcess");
        foreach (var (list, payload) in lists.SelectMany(static list => list.Payloads.Select(payload => (list.List, payload))).Concat(CommandFamilies.Programs.Select(static p => ("own: programs", p))))
        {
            verdicts.Add(list, payload, await server.RunAsync("run_program", "program", payload) is null ? Verdict.Refused : Verdict.Escaped);
            verdicts.Add($"{list}, by name", payload, await server.RunAsync("run_any", "program", payload) is null ? Verdict.Refused : Verdict.Escaped);
        }

        Assert.Equal(0, server.Recorder.Count);
        Assert.NotNull(await server.RunAsync("run_program", "program", "recorder"));
        Assert.NotNull(await server.RunAsync("run_any", "program", "recorder"));
        Assert.Equal(2, server.Recorder.Count);
        verdicts.PrintAndRequireNoEscape(output);
    }

    [Fact]
    public async Task Own_families_reach_a_program_as_they_are_or_not_at_all()
    {
        (string, IReadOnlyList<string>)[] lists =
        [
            ("own: shell syntax", Payloads.Spread(CommandFamilies.ShellSyntax)),
            ("own: options", Payloads.Spread(CommandFamilies.Options)),
        ];
        await JudgeAsync("Own families through [SafeArgument] string and ToolProcess", lists, "run_with", "argument", static payload => ["fixed", payload]);
    }

    [Fact]
    public async Task No_option_of_any_family_reaches_a_program()
    {
        await using var server = await RecorderServer.StartAsync();
        foreach (var payload in CommandFamilies.Options)
        {
            Assert.Null(await server.RunAsync("run_with", "argument", payload));
            Assert.Null(await server.RunAsync("run_list", "arguments", (string[])["a", payload]));
            Assert.Null(await server.RunAsync("run_revision", "revision", payload));
            Assert.Null(await server.RunAsync("run_request", "request", new { verb = payload, options = new Dictionary<string, string>() }));
            Assert.Null(await server.RunAsync("run_request", "request", new { verb = "log", options = new Dictionary<string, string> { ["a"] = payload } }));
        }

        Assert.Equal(0, server.Recorder.Count);
        var record = await server.RunAsync("run_request", "request", new { verb = "log", options = new Dictionary<string, string> { ["a"] = "b" } });
        Assert.Equal(["log", "a=b"], server.Recorder.Argv(record!));
    }

    [Fact]
    public async Task A_tool_without_the_attribute_shows_that_the_recorder_would_see_an_option()
    {
        await using var server = await RecorderServer.StartAsync();
        Assert.Equal(["fixed", "--output=x"], server.Recorder.Argv((await server.RunAsync("run_unchecked", "argument", "--output=x"))!));

        // What the program would get otherwise than it was sent does not start it, attribute or not.
        Assert.Null(await server.RunAsync("run_unchecked", "argument", "a\0b"));
        Assert.Null(await server.RunAsync("run_unchecked", "argument", "a\nb"));
        Assert.Equal(1, server.Recorder.Count);
    }

    [Fact]
    public async Task Ordinary_arguments_all_reach_the_program_as_they_are()
    {
        await using var server = await RecorderServer.StartAsync();
        string[] values = [.. OrdinaryArguments.All];
        Assert.True(values.Length >= 2000, $"{values.Length}");
        foreach (var chunk in values.Chunk(500))
        {
            var record = await server.RunAsync("run_list", "arguments", chunk);
            Assert.True(record is not null, string.Join('\n', chunk));
            Assert.Equal(chunk, server.Recorder.Argv(record));
        }

        output.WriteLine($"Ordinary arguments: {values.Length}, refused 0.");
        output.WriteLine("Refused by intent, each accepted with AllowLeadingDash = true:");
        foreach (var (value, reason) in OrdinaryArguments.Refused)
        {
            Assert.Null(await server.RunAsync("run_with", "argument", value));
            Assert.Equal(["fixed", "--", value], server.Recorder.Argv((await server.RunAsync("run_operand", "operand", value))!));
            output.WriteLine($"  {value,-24} {reason}");
        }
    }

    [Fact]
    public async Task A_program_that_vanishes_or_that_others_may_write_is_not_started_any_more()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are of Unix.");
            return;
        }

        await using var server = await RecorderServer.StartAsync();
        var (executable, mode) = (server.Recorder.Executable, File.GetUnixFileMode(server.Recorder.Executable));
        Assert.NotNull(await server.RunAsync("run_program", "program", "recorder"));

        File.SetUnixFileMode(executable, mode | UnixFileMode.OtherWrite);
        Assert.Null(await server.RunAsync("run_program", "program", "recorder"));
        await RefusedAsync();
        File.SetUnixFileMode(executable, mode);
        Assert.NotNull(await server.RunAsync("run_program", "program", "recorder"));

        File.Move(executable, executable + ".moved");
        Assert.Null(await server.RunAsync("run_program", "program", "recorder"));
        await RefusedAsync();
        File.CreateSymbolicLink(executable, executable + ".moved");
        Assert.Null(await server.RunAsync("run_program", "program", "recorder"));
        await RefusedAsync();
        Assert.Equal(2, server.Recorder.Count);

        async Task RefusedAsync()
        {
            var result = await server.Server.CallAsync("run_with", """{"argument":"a"}""", Issuer.Token("exec:commands"));
            Assert.True(result.IsError);
            Assert.Contains("The program could not be started.", TestServer.Text(result), StringComparison.Ordinal);
            Assert.DoesNotContain("mcpsec-recorder", TestServer.Text(result), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_tool_whose_time_is_over_leaves_no_process_behind_wherever_it_hangs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux is a process found that has left the tree.");
        await using var server = await RecorderServer.StartAsync();

        var call = server.Server.CallAsync("run_for_ever", "{}", Issuer.Token("exec:commands")).AsTask();
        await server.Recorder.AwaitBeatAsync();

        Assert.True((await call.WaitAsync(TimeSpan.FromSeconds(20))).IsError);
        for (var attempt = 0; attempt < 10 && !await server.Recorder.HasCeasedAsync(); attempt++)
        {
        }

        Assert.True(await server.Recorder.HasCeasedAsync());
    }

    private async Task JudgeAsync(string title, IReadOnlyList<(string List, IReadOnlyList<string> Payloads)> lists, string tool, string parameter, Func<string, string[]> expected)
    {
        await using var server = await RecorderServer.StartAsync();
        var verdicts = new Verdicts(title);
        var harmless = 0;
        foreach (var (list, payloads) in lists)
        {
            foreach (var chunk in payloads.Chunk(4))
            {
                var results = await Task.WhenAll(chunk.Select(payload => server.JudgeAsync(tool, parameter, payload, expected(payload))));
                foreach (var (payload, verdict) in chunk.Zip(results))
                {
                    verdicts.Add(list, payload, verdict);
                    harmless += verdict == Verdict.Harmless ? 1 : 0;
                }
            }
        }

        verdicts.PrintAndRequireNoEscape(output);

        // Each accepted call has started the program once, and no refused one has.
        Assert.Equal(harmless, server.Recorder.Count);
    }

    private static bool IsData(string payload) =>
        payload.TrimStart() is var start && start.Length > 0 && start[0] is not ('-' or '+' or '@') && payload.Length <= 1024 && !payload.Any(char.IsControl);

    private static List<string> Thin(IReadOnlyList<string> payloads) => [.. payloads.Where(static (_, index) => index % 4 == 0)];
}
