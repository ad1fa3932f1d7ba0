using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>Tools that start a program, which writes down what it was given.</summary>
[McpNamespace("cves"), RequiresCapability("read:files")]
internal sealed class CommandsCveTools
{
    internal static string Recorder { get; set; } = "";

    [McpServerTool(Name = "k_run")]
    public static Task<string> Run([SafeArgument] string target, CancellationToken cancellationToken) => StartAsync(["diff", target], cancellationToken);

    [McpServerTool(Name = "k_run_list")]
    public static Task<string> RunList([SafeArgument(Pattern = "[A-Za-z0-9_./:-]+")] string[] targets, CancellationToken cancellationToken) =>
        StartAsync(["get", .. targets], cancellationToken);

    [McpServerTool(Name = "k_operation")]
    public static Task<string> Operation([AllowedValues("status", "log")] string operation, CancellationToken cancellationToken) =>
        StartAsync([operation], cancellationToken);

    [McpServerTool(Name = "k_key")]
    public static Task<string> PressKey([Range(0, 300)] int keyCode, CancellationToken cancellationToken) =>
        StartAsync(["input", "keyevent", keyCode.ToString(System.Globalization.CultureInfo.InvariantCulture)], cancellationToken);

    [McpServerTool(Name = "k_program")]
    public static async Task<string> Program([SafeExecutable("recorder")] string program, [SafeArgument] string argument, CancellationToken cancellationToken)
    {
        Assert.True(Path.IsPathFullyQualified(program));
        return await StartAsync([argument], cancellationToken, program);
    }

    internal static async Task<string> StartAsync(string[] arguments, CancellationToken cancellationToken, string? program = null)
    {
        using var process = Process.Start(new ProcessStartInfo(program ?? Recorder, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(cancellationToken);
        return "ran";
    }
}
