using System.Text.Json;
using McpSecureGen.HostileInput.Support;
using McpSecureGen.Tests.Validation.Processes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpSecureGen.HostileInput.Processes;

/// <summary>A running server whose tools start the recorder, and a caller who may use them.</summary>
internal sealed class RecorderServer : IAsyncDisposable
{
    private readonly TestServer _server;
    private string _token = "";
    private DateTimeOffset _renewal;

    private RecorderServer(TestServer server, Recorder recorder) => (_server, Recorder) = (server, recorder);

    public Recorder Recorder { get; }

    public TestServer Server => _server;

    public static async Task<RecorderServer> StartAsync()
    {
        var recorder = new Recorder();
        try
        {
            var server = await TestServer.StartAsync(
                static b => b.WithTools<ProcessTools>(),
                services => services.AddSingleton(provider => new RecorderRuns(provider.GetRequiredService<ToolProcess>()) { Recorder = recorder }),
                settings => settings["McpSecurity:Executables:recorder"] = recorder.Executable);
            return new RecorderServer(server, recorder);
        }
        catch
        {
            recorder.Dispose();
            throw;
        }
    }

    /// <summary>Calls a tool with one argument.</summary>
    /// <returns>The name of the record; null where the call was refused.</returns>
    public async Task<string?> RunAsync(string tool, string parameter, object value)
    {
        if (DateTimeOffset.UtcNow > _renewal)
        {
            (_token, _renewal) = (Issuer.Token("exec:commands"), DateTimeOffset.UtcNow.AddMinutes(2));
        }

        try
        {
            var result = await _server.CallAsync(tool, JsonSerializer.Serialize(new Dictionary<string, object> { [parameter] = value }), _token);
            var text = TestServer.Text(result);
            if (result.IsError is not true)
            {
                return text;
            }

            // A refusal, not an accident.
            Assert.NotEqual($"An error occurred invoking '{tool}'.", text);
            Assert.DoesNotContain("could not be started", text, StringComparison.Ordinal);
            Assert.DoesNotContain("had not ended", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Recorder.Executable, text, StringComparison.Ordinal);
            return null;
        }
        catch (McpProtocolException)
        {
            // Refused before its arguments were looked at.
            return null;
        }
    }

    /// <summary>What became of one payload: nothing, exactly the arguments that the author meant, or something else.</summary>
    public async Task<Verdict> JudgeAsync(string tool, string parameter, string payload, params string[] expected)
    {
        var record = await RunAsync(tool, parameter, payload);
        return record is null ? Verdict.Refused
            : Recorder.Argv(record).SequenceEqual(expected, StringComparer.Ordinal) ? Verdict.Harmless
            : Verdict.Escaped;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Recorder.Dispose();
    }
}
