using System.Text.Json;
using McpSecureGen.HostileInput.Output;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>Command and argument injection, by the procedure of <see cref="PathCveTests"/>. A program either gets exactly what was sent, as one argument, or nothing.</summary>
[Collection(nameof(PathCveTools))]
public sealed class CommandsCveTests
{
    [Theory]
    [InlineData("-h;{0}")]
    [InlineData("x && {0}")]
    public async Task CVE_2025_5277_a_command_line_that_begins_well(string shape) => await InjectedAsync(shape);

    [Theory]
    [InlineData("pod; {0}")]
    [InlineData("pod$({0})")]
    public async Task CVE_2025_53355_a_string_for_a_shell(string shape) => await InjectedAsync(shape);

    [Theory]
    [InlineData("key\"; {0} #")]
    [InlineData("`{0}`")]
    public async Task CVE_2025_53967_the_fallback_branch(string shape) => await InjectedAsync(shape);

    [Theory]
    [InlineData("CVE-2025-53107", "main; {0}")]
    [InlineData("CVE-2025-54073", "pkg|{0}")]
    [InlineData("CVE-2025-54994", "80 && {0}")]
    [InlineData("CVE-2025-52573", "booted; {0};#")]
    [InlineData("CVE-2025-59834", "dev; false || {0}")]
    [InlineData("CVE-2025-69256", "fn $({0})")]
    [InlineData("CVE-2025-58358", "a\n{0}")]
    [InlineData("CVE-2025-59377", "ns & {0} &")]
    [InlineData("CVE-2026-0755", "x`{0}`")]
    [InlineData("CVE-2026-25546", "p; {0}")]
    [InlineData("CVE-2026-26029", "q; {0};#")]
    [InlineData("CVE-2026-5023", "r|{0}")]
    public async Task CVE_2025_53107_and_its_family_concatenated_for_exec(string id, string shape)
    {
        Assert.StartsWith("CVE-", id, StringComparison.Ordinal);
        await InjectedAsync(shape);
    }

    [Theory]
    [InlineData("status; {0}")]
    [InlineData("status$({0})")]
    public async Task CVE_2026_7812_an_operation_that_is_free_text(string shape) => await RunAsync(async (server, recorder) =>
    {
        var payload = string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, $"touch {recorder.Pwned}");
        Vulnerable(recorder, payload);

        Assert.True(IsError(await server.CallAsync("k_operation", JsonSerializer.Serialize(new { operation = payload }))));
        Assert.False(recorder.IsPwned);
        Assert.Empty(recorder.Arguments);
        await server.CallAsync("k_operation", """{"operation":"log"}""");
        Assert.Equal(["[log]"], recorder.Arguments);
    });

    [Fact]
    public async Task CVE_2025_68144_an_argument_that_is_an_option() => await RunAsync(async (server, recorder) =>
    {
        var payload = "--output=" + recorder.Pwned;
        await CommandsCveTools.StartAsync(["diff", payload], TestContext.Current.CancellationToken);
        Assert.Equal(["[diff]", $"[{payload}]"], recorder.Arguments);
        recorder.Forget();

        foreach (var option in new[] { payload, "-O" + recorder.Pwned, "--no-index", "@file", "+x", "\u2013output" })
        {
            Assert.True(IsError(await server.CallAsync("k_run", JsonSerializer.Serialize(new { target = option }))), option);
        }

        Assert.Empty(recorder.Arguments);
        await server.CallAsync("k_run", """{"target":"HEAD~1..main"}""");
        Assert.Equal(["[diff]", "[HEAD~1..main]"], recorder.Arguments);
    });

    [Theory]
    [InlineData("CVE-2026-47250", "--server=https://attacker.example")]
    [InlineData("CVE-2026-47250", "--insecure-skip-tls-verify=true")]
    [InlineData("CVE-2026-61459", "-A")]
    [InlineData("CVE-2026-39884", "pods --kubeconfig=/tmp/x")]
    public async Task CVE_2026_61459_options_among_positions(string id, string payload) => await RunAsync(async (server, recorder) =>
    {
        Assert.StartsWith("CVE-", id, StringComparison.Ordinal);
        await CommandsCveTools.StartAsync(["get", .. payload.Split(' ')], TestContext.Current.CancellationToken);
        Assert.Contains(recorder.Arguments, static argument => argument.StartsWith("[-", StringComparison.Ordinal));
        recorder.Forget();

        Assert.True(IsError(await server.CallAsync("k_run_list", JsonSerializer.Serialize(new { targets = new[] { "pods", payload } }))));
        Assert.Empty(recorder.Arguments);
        await server.CallAsync("k_run_list", """{"targets":["pods","default/web-1"]}""");
        Assert.Equal(["[get]", "[pods]", "[default/web-1]"], recorder.Arguments);
    });

    [Fact]
    public async Task CVE_2026_105788_a_key_code_that_is_text() => await RunAsync(async (server, recorder) =>
    {
        Vulnerable(recorder, $"4; touch {recorder.Pwned}");

        Assert.True(IsError(await server.CallAsync("k_key", JsonSerializer.Serialize(new { keyCode = $"4; touch {recorder.Pwned}" }))));
        Assert.Empty(recorder.Arguments);
        await server.CallAsync("k_key", """{"keyCode":4}""");
        Assert.Equal(["[input]", "[keyevent]", "[4]"], recorder.Arguments);
    });

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("sh")]
    [InlineData("./recorder")]
    [InlineData("../bin/sh")]
    [InlineData("recorder ")]
    public async Task CVE_2025_59528_the_program_itself_comes_from_outside(string program) => await RunAsync(
        async (server, recorder) =>
        {
            recorder.Shell($"touch {recorder.Pwned}");
            Assert.True(recorder.IsPwned);
            recorder.Forget();

            Assert.True(IsError(await server.CallAsync("k_program", JsonSerializer.Serialize(new { program, argument = "x" }))));
            Assert.Empty(recorder.Arguments);
            await server.CallAsync("k_program", """{"program":"recorder","argument":"x"}""");
            Assert.Equal(["[x]"], recorder.Arguments);
        });

    private static Task InjectedAsync(string shape) => RunAsync(async (server, recorder) =>
    {
        var payload = string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, $"touch {recorder.Pwned}");
        Vulnerable(recorder, payload);

        var answer = await server.CallAsync("k_run", JsonSerializer.Serialize(new { target = payload }));

        Assert.False(recorder.IsPwned);
        Assert.Equal(IsError(answer) ? [] : ["[diff]", $"[{payload}]"], recorder.Arguments);
        recorder.Forget();
        await server.CallAsync("k_run", """{"target":"a plain name.txt"}""");
        Assert.Equal(["[diff]", "[a plain name.txt]"], recorder.Arguments);
    });

    private static void Vulnerable(CommandRecorder recorder, string payload)
    {
        recorder.Shell($"{recorder.Program} {payload}");
        if (!recorder.IsPwned)
        {
            recorder.Shell($"{recorder.Program} \"{payload}\"");
        }

        Assert.True(recorder.IsPwned, "The payload does nothing, so the test shows nothing.");
        recorder.Forget();
    }

    private static bool IsError(JsonElement answer) => answer.GetProperty("result").TryGetProperty("isError", out var isError) && isError.GetBoolean();

    private static async Task RunAsync(Func<PipeServer, CommandRecorder, Task> test)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The recorder is a shell script.");
        using var recorder = new CommandRecorder();
        CommandsCveTools.Recorder = recorder.Program;
        await using var server = await PipeServer.StartAsync(
            static b => b.WithTools<CommandsCveTools>(), settings => settings["McpSecurity:Executables:recorder"] = recorder.Program);
        await test(server, recorder);
    }
}
