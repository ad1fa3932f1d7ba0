using System.Text.Json.Nodes;

namespace McpSecureGen.Cli.Tests.Support;

/// <summary>What one run of the command left behind.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output as the one JSON document it must be.</summary>
    public JsonObject Json => JsonNode.Parse(Out)!.AsObject();

    public CliRun Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{Out}\n{Error}");
        return this;
    }
}
