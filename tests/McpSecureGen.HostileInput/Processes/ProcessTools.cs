using McpSecureGen.Tests.Validation.Processes;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Processes;

/// <summary>How the tools start the recorder.</summary>
public sealed class RecorderRuns(ToolProcess process)
{
    internal Recorder? Recorder { get; set; }

    internal async Task<string> RunAsync(string program, IEnumerable<string> arguments, IReadOnlyList<string>? operands, string? mode, CancellationToken cancellationToken) =>
        (await process.RunAsync(program, arguments, Recorder!.Options(mode) with { Operands = operands ?? [] }, cancellationToken)).Output;
}

/// <summary>Tools that hand client input to a program, in each way that an author would.</summary>
public sealed class ProcessTools(RecorderRuns runs)
{
    [McpServerTool(Name = "run_with"), RequiresCapability("exec:commands")]
    public Task<string> RunWith([SafeArgument] string argument, CancellationToken cancellationToken) =>
        runs.RunAsync("recorder", ["fixed", argument], null, null, cancellationToken);

    [McpServerTool(Name = "run_list"), RequiresCapability("exec:commands")]
    public Task<string> RunList([SafeArgument] string[] arguments, CancellationToken cancellationToken) =>
        runs.RunAsync("recorder", arguments, null, null, cancellationToken);

    [McpServerTool(Name = "run_operand"), RequiresCapability("exec:commands")]
    public Task<string> RunOperand([SafeArgument(AllowLeadingDash = true)] string operand, CancellationToken cancellationToken) =>
        runs.RunAsync("recorder", ["fixed"], [operand], null, cancellationToken);

    [McpServerTool(Name = "run_revision"), RequiresCapability("exec:commands")]
    public Task<string> RunRevision([SafeArgument(Pattern = "[0-9A-Za-z._/~^]+")] string revision, CancellationToken cancellationToken) =>
        runs.RunAsync("recorder", ["fixed", revision], null, null, cancellationToken);

    [McpServerTool(Name = "run_request"), RequiresCapability("exec:commands")]
    public Task<string> RunRequest(RunRequest request, CancellationToken cancellationToken) =>
        runs.RunAsync("recorder", [request.Verb, .. request.Options.Select(static o => $"{o.Key}={o.Value}")], null, null, cancellationToken);

    [McpServerTool(Name = "run_program"), RequiresCapability("exec:commands")]
    public Task<string> RunProgram([SafeExecutable("recorder")] string program, CancellationToken cancellationToken) =>
        runs.RunAsync(program, ["fixed"], null, null, cancellationToken);

    [McpServerTool(Name = "run_any"), RequiresCapability("exec:commands")]
    public Task<string> RunAny([SafeArgument(AllowLeadingDash = true)] string program, CancellationToken cancellationToken) =>
        runs.RunAsync(program, ["fixed"], null, null, cancellationToken);

    [McpServerTool(Name = "run_unchecked"), RequiresCapability("exec:commands")]
    public Task<string> RunUnchecked(string argument, CancellationToken cancellationToken) =>
        runs.RunAsync("recorder", ["fixed", argument], null, null, cancellationToken);

    [McpServerTool(Name = "run_for_ever"), RequiresCapability("exec:commands"), Timeout(3)]
    public Task<string> RunForEver(CancellationToken cancellationToken) => runs.RunAsync("recorder", [], null, "daemon", cancellationToken);
}

/// <summary>Arguments inside an object.</summary>
public sealed class RunRequest
{
    [SafeArgument]
    public required string Verb { get; set; }

    [SafeArgument]
    public Dictionary<string, string> Options { get; set; } = [];
}
