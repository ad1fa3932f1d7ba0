using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using McpSecureGen.Validation.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Validation.Processes;

/// <summary>What a program gets, and what is left of it afterwards; each by a program that writes it down.</summary>
public sealed class ToolProcessTests : IDisposable
{
    private readonly Recorder _recorder = new();
    private readonly ToolProcess _process;

    public ToolProcessTests() => _process = Starter(TimeProvider.System);

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public async Task Given_arguments_that_a_shell_would_read_then_the_program_gets_them_as_they_are()
    {
        string[] arguments = ["", " ", "a b", "\"q\" 'q'", "$(id)", "`id`", "; id", "&& id", "| id", "> x", "*", "~", "$HOME", "%PATH%", "\\", "a\\\"b", "日本", "👩🏽‍💻", "-x", "--", "@x"];
        var result = await _process.RunAsync("recorder", arguments, _recorder.Options());

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(arguments, _recorder.Argv(result.Output));
        Assert.Equal((false, false), (result.OutputTruncated, result.ErrorTruncated));
    }

    [Fact]
    public async Task Given_operands_then_they_stand_after_the_end_of_options()
    {
        var options = _recorder.Options() with { Operands = ["--output=x", "a"] };
        Assert.Equal(["log", "--", "--output=x", "a"], _recorder.Argv((await _process.RunAsync("recorder", ["log"], options)).Output));
        var other = options with { EndOfOptions = "--end-of-options" };
        Assert.Equal(["log", "--end-of-options", "--output=x", "a"], _recorder.Argv((await _process.RunAsync("recorder", ["log"], other)).Output));
        await Assert.ThrowsAsync<ArgumentException>(() => _process.RunAsync("recorder", ["log"], options with { EndOfOptions = "" }));
    }

    [Fact]
    public async Task Given_an_argument_that_would_not_arrive_as_it_is_then_nothing_starts()
    {
        foreach (var argument in (string[])["a\0b", "a\nb", "\u001b[2J", "a\u0085", "\uD800", "\uDC00\uD800"])
        {
            var error = await Assert.ThrowsAsync<ToolProcessException>(() => _process.RunAsync("recorder", ["a", argument], _recorder.Options()));
            Assert.StartsWith("Argument 2 ", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ToolProcessException>(() => _process.RunAsync("recorder", [], _recorder.Options() with { Operands = [argument] }));
        }

        Assert.Equal(0, _recorder.Count);
    }

    [Fact]
    public async Task Given_nothing_named_then_the_environment_is_empty_and_the_folder_too_and_deleted_afterwards()
    {
        Environment.SetEnvironmentVariable("SERVER_SECRET", "s3cret");
        Environment.SetEnvironmentVariable("SERVER_SETTING", "on");
        var options = _recorder.Options() with { InheritedVariables = ["SERVER_SETTING"] };

        var record = _recorder.Read((await _process.RunAsync("recorder", [], options)).Output);

        string[] names = [.. record.GetProperty("environment").EnumerateObject().Select(static p => p.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(OperatingSystem.IsLinux() ? ["DOTNET_ROOT", "MCPSECUREGEN_RUN", "RECORDER_FOLDER", "SERVER_SETTING"] : ["DOTNET_ROOT", "RECORDER_FOLDER", "SERVER_SETTING"], names);
        Assert.Equal(0, record.GetProperty("entries").GetInt32());
        var folder = record.GetProperty("folder").GetString()!;
        Assert.NotEqual(Environment.CurrentDirectory, folder);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Given_a_folder_then_the_program_runs_there_and_a_relative_or_missing_one_is_refused()
    {
        var record = _recorder.Read((await _process.RunAsync("recorder", [], _recorder.Options() with { WorkingDirectory = _recorder.Records })).Output);
        Assert.Equal(_recorder.Records, record.GetProperty("folder").GetString());
        Assert.True(Directory.Exists(_recorder.Records));
        foreach (var folder in (string[])["", ".", "records", "/no/such/folder", _recorder.Executable])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _process.RunAsync("recorder", [], _recorder.Options() with { WorkingDirectory = folder }));
        }

        Assert.Equal(1, _recorder.Count);
    }

    [Fact]
    public async Task Given_input_then_the_program_reads_it_and_without_it_is_at_the_end_at_once()
    {
        Assert.Equal("zeile 1\nzeile 2 ü", _recorder.Read(
            (await _process.RunAsync("recorder", [], _recorder.Options("input") with { Input = "zeile 1\nzeile 2 ü" })).Output).GetProperty("input").GetString());
        Assert.Equal("", _recorder.Read((await _process.RunAsync("recorder", [], _recorder.Options("input"))).Output).GetProperty("input").GetString());

        // Nobody reads it: that is no reason to fail or to wait.
        Assert.Equal(0, (await _process.RunAsync("recorder", [], _recorder.Options() with { Input = new string('x', 1 << 20) })).ExitCode);
    }

    [Fact]
    public async Task Given_a_program_that_fails_then_its_exit_code_and_error_output_are_the_result()
    {
        var result = await _process.RunAsync("recorder", [], _recorder.Options("exit"));
        Assert.Equal((7, "", "failed"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task Given_more_output_than_is_kept_then_the_rest_is_thrown_away_and_the_program_comes_to_its_end()
    {
        var result = await _process.RunAsync("recorder", [], _recorder.Options("flood") with { MaxOutputBytes = 100_000 });
        Assert.Equal((0, 100_000, 100_000, true, true), (result.ExitCode, result.Output.Length, result.Error.Length, result.OutputTruncated, result.ErrorTruncated));

        var whole = await _process.RunAsync("recorder", [], _recorder.Options("flood") with { MaxOutputBytes = 3 << 20 });
        Assert.Equal((3 << 20, 3 << 20, false, false), (whole.Output.Length, whole.Error.Length, whole.OutputTruncated, whole.ErrorTruncated));
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("daemon")]
    [InlineData("bare-daemon")]
    public async Task Given_a_time_limit_then_the_program_and_what_it_has_started_are_ended_wherever_they_hang(string mode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || mode == "tree", "Only on Linux is a process found that has left the tree.");
        var time = new TimeThatRunsOut();
        var run = Starter(time).RunAsync("recorder", [], _recorder.Options(mode));
        await _recorder.AwaitBeatAsync();
        await Task.Delay(100);
        Assert.False(run.IsCompleted);

        Assert.Equal(TimeSpan.FromSeconds(30), time.RunOut());

        var error = await Assert.ThrowsAsync<ToolProcessException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("The program had not ended after 30 seconds and was stopped.", error.Message);
        Assert.True(await _recorder.HasCeasedAsync());
    }

    [Fact]
    public async Task Given_a_program_that_does_not_read_its_input_then_its_time_runs_out_all_the_same()
    {
        var time = new TimeThatRunsOut();
        var run = Starter(time).RunAsync("recorder", [], _recorder.Options("tree") with { Input = new string('x', 4 << 20) });
        await _recorder.AwaitBeatAsync();

        time.RunOut();

        await Assert.ThrowsAsync<ToolProcessException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.True(await _recorder.HasCeasedAsync());
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("daemon")]
    public async Task Given_a_caller_who_leaves_then_nothing_of_the_run_is_left(string mode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || mode == "tree", "Only on Linux is a process found that has left the tree.");
        using var cancel = new CancellationTokenSource();
        var run = _process.RunAsync("recorder", [], _recorder.Options(mode), cancel.Token);
        await _recorder.AwaitBeatAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.True(await _recorder.HasCeasedAsync());
    }

    [Fact]
    public async Task Given_a_program_that_leaves_a_child_behind_then_it_is_ended_with_the_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux is a process found that has left the tree.");
        var result = await _process.RunAsync("recorder", [], _recorder.Options("leave")).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, result.ExitCode);
        Assert.True(await _recorder.HasCeasedAsync());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Given_a_daemon_that_comes_about_while_the_run_ends_then_it_is_ended_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only on Linux is a process found that has left the tree.");
        var program = Path.Combine(Path.GetDirectoryName(_recorder.Executable)!, "chain");
        await File.WriteAllTextAsync(program, """
            #!/bin/sh
            ( ( ( ( ( ( for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo >> "$1"; sleep 0.1; done ) & ) & ) & ) & ) & ) < /dev/null > /dev/null 2>&1 &
            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var process = new ToolProcess(ExecutableTable.Create(new Dictionary<string, string> { ["chain"] = program }, []), TimeProvider.System, NullLogger.Instance);
        foreach (var run in Enumerable.Range(0, 30))
        {
            Assert.Equal(0, (await process.RunAsync("chain", [Path.Combine(_recorder.Records, $"{run}.beat")])).ExitCode);
        }

        var before = Beats();
        await Task.Delay(500);
        Assert.Equal(before, Beats());

        long Beats() => Directory.EnumerateFiles(_recorder.Records, "*.beat").Sum(static file => new FileInfo(file).Length);
    }

    [Fact]
    public async Task Given_another_run_at_the_same_time_then_the_end_of_one_leaves_the_other_alone()
    {
        using var cancel = new CancellationTokenSource();
        var endless = _process.RunAsync("recorder", [], _recorder.Options("daemon"), cancel.Token);
        await _recorder.AwaitBeatAsync();

        await _process.RunAsync("recorder", ["other"], _recorder.Options());

        Assert.False(await _recorder.HasCeasedAsync());
        Assert.False(endless.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless);
    }

    [Fact]
    public async Task Given_a_descriptor_that_a_native_library_left_open_then_the_program_does_not_get_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Descriptors are listed on Linux.");
        var secret = Path.Combine(_recorder.Records, "secret.txt");
        await File.WriteAllTextAsync(secret, "secret");
        var descriptor = Open(secret, 0);
        Assert.True(descriptor > 2);
        try
        {
            var record = _recorder.Read((await _process.RunAsync("recorder", [], _recorder.Options())).Output);
            Assert.DoesNotContain(secret, record.GetProperty("descriptors").EnumerateArray().Select(static d => d.GetString()));
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [Theory]
    [InlineData("RECORDER")]
    [InlineData("sh")]
    [InlineData("/bin/sh")]
    [InlineData("McpSecureGen.ArgvRecorder")]
    [InlineData("./McpSecureGen.ArgvRecorder")]
    [InlineData("recorder ")]
    [InlineData("")]
    public async Task Given_a_program_that_is_not_listed_then_nothing_starts_neither_from_here_nor_from_the_path(string executable)
    {
        var error = await Assert.ThrowsAsync<ToolProcessException>(() => _process.RunAsync(
            executable, [], _recorder.Options() with { WorkingDirectory = Path.GetDirectoryName(_recorder.Executable) }));
        Assert.Equal("The program is not one of those that this server may start.", error.Message);
        Assert.Equal(0, _recorder.Count);
    }

    [Fact]
    public async Task Given_the_path_that_the_rule_hands_over_then_it_runs()
    {
        var path = new SafeExecutableRule(Table(), new SafeExecutableAttribute("recorder"));
        var value = "recorder";
        Assert.True(path.TryApply(ref value, default, out _));
        Assert.Equal(["x"], _recorder.Argv((await _process.RunAsync(value, ["x"], _recorder.Options())).Output));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Given_a_program_that_has_gone_or_that_others_may_write_or_that_a_link_replaces_then_it_is_not_started_and_no_path_is_told()
    {
        await RefusedAfterAsync(() => File.SetUnixFileMode(_recorder.Executable, File.GetUnixFileMode(_recorder.Executable) | UnixFileMode.OtherWrite));
        await RefusedAfterAsync(() => File.SetUnixFileMode(_recorder.Executable, UnixFileMode.UserRead));
        await RefusedAfterAsync(() => File.Delete(_recorder.Executable));
        await RefusedAfterAsync(() => File.CreateSymbolicLink(_recorder.Executable, "/bin/true"));
        await RefusedAfterAsync(() =>
        {
            File.Delete(_recorder.Executable);
            File.WriteAllText(_recorder.Executable, "not a program");
            File.SetUnixFileMode(_recorder.Executable, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        });
    }

    [Fact]
    public async Task Given_limits_that_are_none_then_the_run_is_refused()
    {
        foreach (var options in (ToolProcessOptions[])
            [new() { Timeout = TimeSpan.Zero }, new() { Timeout = Timeout.InfiniteTimeSpan }, new() { Timeout = TimeSpan.FromDays(2) }, new() { MaxOutputBytes = 0 }, new() { MaxOutputBytes = int.MaxValue }])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _process.RunAsync("recorder", [], options with { Variables = _recorder.Variables() }));
        }

        Assert.Equal(0, _recorder.Count);
    }

    private async Task RefusedAfterAsync(Action change)
    {
        change();
        var error = await Assert.ThrowsAsync<ToolProcessException>(() => _process.RunAsync("recorder", [], _recorder.Options()));
        Assert.Equal("The program could not be started.", error.Message);
        Assert.Null(error.InnerException);
        Assert.Equal(0, _recorder.Count);
    }

    private ToolProcess Starter(TimeProvider time) => new(Table(), time, NullLogger.Instance);

    private ExecutableTable Table() => ExecutableTable.Create(new Dictionary<string, string> { ["recorder"] = _recorder.Executable }, []);

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
