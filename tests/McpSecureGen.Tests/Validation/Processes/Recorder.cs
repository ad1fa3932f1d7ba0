using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpSecureGen.Tests.Validation.Processes;

/// <summary>The program that writes down with what it was started, in a folder of its own that only this account may write.</summary>
internal sealed class Recorder : IDisposable
{
    private const string Name = "McpSecureGen.ArgvRecorder";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-recorder-");

    public Recorder()
    {
        Records = _folder.CreateSubdirectory("records").FullName;
        var built = AppContext.BaseDirectory.Replace(typeof(Recorder).Assembly.GetName().Name!, Name, StringComparison.Ordinal);
        var program = _folder.CreateSubdirectory("program").FullName;
        foreach (var file in Directory.EnumerateFiles(built, $"{Name}*"))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        Executable = Path.Combine(program, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
    }

    /// <summary>Its path.</summary>
    public string Executable { get; }

    /// <summary>Where it writes.</summary>
    public string Records { get; }

    public string Beat => Path.Combine(Records, "beat");

    /// <summary>How many times it has run.</summary>
    public int Count => Directory.GetFiles(Records, "*.json").Length;

    /// <summary>What it needs to run: the folder of .NET, which need not be where it looks by itself, and what to do.</summary>
    public Dictionary<string, string> Variables(string? mode = null)
    {
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var variables = new Dictionary<string, string>
        {
            ["RECORDER_FOLDER"] = Records,
            ["DOTNET_ROOT"] = runtime.Parent!.Parent!.Parent!.FullName,
        };
        if (mode is not null)
        {
            variables.Add("RECORDER_MODE", mode);
        }

        return variables;
    }

    public ToolProcessOptions Options(string? mode = null) => new() { Variables = Variables(mode) };

    /// <summary>The record of which a run has given the name.</summary>
    public JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Records, name)));
        return document.RootElement.Clone();
    }

    /// <summary>The arguments of a run.</summary>
    public string[] Argv(string name) => [.. Read(name).GetProperty("argv").EnumerateArray().Select(static argument => argument.GetString()!)];

    /// <summary>Waits until the child that writes for ever has begun.</summary>
    public async Task AwaitBeatAsync()
    {
        var deadline = DateTimeOffset.UtcNow.AddSeconds(30);
        while (!File.Exists(Beat))
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, "The child did not begin.");
            await Task.Delay(10);
        }
    }

    /// <summary>Whether the child has ceased to write.</summary>
    public async Task<bool> HasCeasedAsync()
    {
        var before = new FileInfo(Beat).Length;
        await Task.Delay(300);
        return new FileInfo(Beat).Length == before;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
