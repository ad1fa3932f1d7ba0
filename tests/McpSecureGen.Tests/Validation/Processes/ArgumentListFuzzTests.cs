using CsCheck;
using McpSecureGen.Validation.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Validation.Processes;

/// <summary>Whatever the arguments, a program gets exactly these or is not started. A longer run: <c>MCPSEC_FUZZ_SECONDS=60</c>.</summary>
public sealed class ArgumentListFuzzTests : IDisposable
{
    private static readonly int Seconds = int.TryParse(Environment.GetEnvironmentVariable("MCPSEC_FUZZ_SECONDS"), out var seconds) ? seconds : 2;

    private static readonly Gen<string> Pieces = Gen.Frequency(
        (6, Gen.Char[' ', '~'].Select(static c => c.ToString())),
        (3, Gen.Int[0xA0, 0xD7FF].Select(static c => ((char)c).ToString())),
        (1, Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32)),
        (2, Gen.Int[0, 9].Select(static index => ((string[])["\"", "\\", "\\\"", "'", "$(x)", "%x%", "-", "@", "^", "\\\\\""])[index])));

    private static readonly Gen<string> Plain = Pieces.Array[0, 12].Select(string.Concat);

    private static readonly Gen<string> Hostile = Gen.Int[0, 5].Select(static index => ((string[])["\0", "\n", "\uD800", "\u001b", "\u0085", "\r"])[index]);

    private readonly Recorder _recorder = new();

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public async Task Given_any_plain_arguments_then_they_arrive_and_with_one_that_is_not_nothing_starts()
    {
        var process = new ToolProcess(
            ExecutableTable.Create(new Dictionary<string, string> { ["recorder"] = _recorder.Executable }, []), TimeProvider.System, NullLogger.Instance);
        await Gen.Select(Plain.Array[0, 200], Hostile, Gen.Int[0, 200]).SampleAsync(
            async (arguments, hostile, position) =>
            {
                var result = await process.RunAsync("recorder", arguments, _recorder.Options());
                Assert.Equal(arguments, _recorder.Argv(result.Output));
                var runs = _recorder.Count;

                List<string> spoilt = [.. arguments];
                spoilt.Insert(Math.Min(position, spoilt.Count), "a" + hostile + "b");
                await Assert.ThrowsAsync<ToolProcessException>(() => process.RunAsync("recorder", spoilt, _recorder.Options()));
                Assert.Equal(runs, _recorder.Count);
            },
            time: Seconds,
            threads: 1);
    }
}
