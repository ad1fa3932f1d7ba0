using System.CommandLine;

namespace McpSecureGen.Cli.Tests;

public sealed class FaultTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Given_a_fault_of_the_program_when_it_surfaces_then_neither_message_nor_values_are_shown(bool verbose, bool json)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal { Out = output, Error = error, In = Stream.Null };
        var root = new RootCommand { CommonOptions.Json, CommonOptions.Verbose };
        root.Runs(terminal, static (_, _) => throw new InvalidOperationException("eyJ-secret", new FormatException("inner-secret")));

        string[] args = [.. verbose ? ["--verbose"] : Array.Empty<string>(), .. json ? ["--json"] : Array.Empty<string>()];
        var exitCode = await root.Parse(args).InvokeAsync();

        Assert.Equal(ExitCodes.Internal, exitCode);
        Assert.Contains("InvalidOperationException", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", output.ToString() + error, StringComparison.Ordinal);
        Assert.Equal(verbose, error.ToString().Contains($"  at {typeof(FaultTests).FullName}", StringComparison.Ordinal));
        Assert.Equal(json, output.ToString().Contains("\"exitCode\": 70", StringComparison.Ordinal));
    }
}
