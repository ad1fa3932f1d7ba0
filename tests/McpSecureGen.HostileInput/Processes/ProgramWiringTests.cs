using McpSecureGen.Tests.Validation.Processes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Processes;

/// <summary>How a tool comes by the starter and by its program, and that a server without the settings does not start.</summary>
public sealed class ProgramWiringTests
{
    [Fact]
    public async Task The_starter_is_a_service_also_as_a_parameter_and_never_the_clients()
    {
        using var recorder = new Recorder();
        await using var server = await StartAsync(recorder);

        var tool = Assert.Single(
            (await server.Client.ListToolsAsync(new ListToolsRequestParams { Meta = TestServer.Meta(Token) })).Tools, static tool => tool.Name == "injected");
        Assert.DoesNotContain("process", tool.InputSchema.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["x"], recorder.Argv(TestServer.Text(await server.CallAsync("injected", """{"argument":"x"}""", Token))));
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.True((await server.CallAsync("injected", """{"argument":"x","process":{}}""", Token)).IsError is not true));
        Assert.Equal(1, recorder.Count);
    }

    [Fact]
    public async Task A_default_program_is_found_as_one_that_the_client_names()
    {
        using var recorder = new Recorder();
        await using var server = await StartAsync(recorder);

        Assert.Equal(["x"], recorder.Argv(TestServer.Text(await server.CallAsync("by_default", "{}", Token))));
        Assert.Equal(["x"], recorder.Argv(TestServer.Text(await server.CallAsync("by_default", """{"program":"recorder"}""", Token))));
        Assert.True((await server.CallAsync("by_default", """{"program":"/bin/sh"}""", Token)).IsError);
        Assert.True((await server.CallAsync("several", """{"programs":["recorder","sh"]}""", Token)).IsError);
        Assert.Equal($"{recorder.Executable} {recorder.Executable}", TestServer.Text(await server.CallAsync("several", """{"programs":["recorder","recorder"]}""", Token)));
        Assert.Equal(2, recorder.Count);
    }

    [Fact]
    public async Task A_server_without_the_program_that_a_tool_names_does_not_start()
    {
        using var recorder = new Recorder();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(recorder, static _ => { }));
        Assert.Contains("set McpSecurity:Executables:recorder", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bin/sh", "starts whatever its arguments say")]
    [InlineData("recorder", "is not an absolute path")]
    [InlineData("", "is empty")]
    public async Task A_server_with_a_program_that_is_none_does_not_start(string path, string problem)
    {
        using var recorder = new Recorder();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(recorder, settings => settings["McpSecurity:Executables:recorder"] = path));
        Assert.Contains($"McpSecurity:Executables:recorder {(path == "/bin/sh" ? "leads to" : problem)}", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(problem, error.ToString(), StringComparison.Ordinal);
    }

    private static string Token => Issuer.Token("exec:commands");

    private static Task<TestServer> StartAsync(Recorder recorder, Action<Dictionary<string, string?>>? settings = null) => TestServer.StartAsync(
        static b => b.WithTools<WiredTools>(),
        services => services.AddSingleton(new RecorderOptions(recorder.Options())),
        settings ?? (s => s["McpSecurity:Executables:recorder"] = recorder.Executable));
}

/// <summary>How the recorder is started.</summary>
public sealed class RecorderOptions(ToolProcessOptions options)
{
    /// <summary>The options.</summary>
    public ToolProcessOptions Options { get; } = options;
}

/// <summary>Tools that get the starter and the program in other ways.</summary>
public sealed class WiredTools(RecorderOptions recorder)
{
    [McpServerTool(Name = "injected"), RequiresCapability("exec:commands")]
    public async Task<string> Injected(ToolProcess process, [SafeArgument] string argument, CancellationToken cancellationToken) =>
        (await process.RunAsync("recorder", [argument], recorder.Options, cancellationToken)).Output;

    [McpServerTool(Name = "by_default"), RequiresCapability("exec:commands")]
    public async Task<string> ByDefault(ToolProcess process, [SafeExecutable("recorder")] string program = "recorder", CancellationToken cancellationToken = default) =>
        (await process.RunAsync(program, ["x"], recorder.Options, cancellationToken)).Output;

    [McpServerTool(Name = "several"), RequiresCapability("exec:commands")]
    public string Several([SafeExecutable("recorder")] string[] programs) => string.Join(' ', programs);
}
