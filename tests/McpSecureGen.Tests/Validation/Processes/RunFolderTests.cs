using McpSecureGen.Validation.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Validation.Processes;

/// <summary>The temporary folder belongs to the whole process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(RunFolderTests), DisableParallelization = true)]
[Collection(nameof(RunFolderTests))]
public sealed class RunFolderTests
{
    [Fact]
    public async Task Given_no_temporary_folder_then_the_program_does_not_start_and_no_path_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its temporary folder has another setting.");
        using var recorder = new Recorder();
        var table = ExecutableTable.Create(new Dictionary<string, string> { ["recorder"] = recorder.Executable }, []);
        var process = new ToolProcess(table, TimeProvider.System, NullLogger.Instance);
        var before = Environment.GetEnvironmentVariable("TMPDIR");
        try
        {
            Environment.SetEnvironmentVariable("TMPDIR", recorder.Executable);
            var error = await Assert.ThrowsAsync<ToolProcessException>(() => process.RunAsync("recorder", [], recorder.Options()));
            Assert.Equal(("The program could not be started.", null), (error.Message, error.InnerException));
            Assert.Equal(0, recorder.Count);

            // A program with a folder of its author's needs none.
            Assert.Equal(0, (await process.RunAsync("recorder", [], recorder.Options() with { WorkingDirectory = recorder.Records })).ExitCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
        }
    }
}
