using System.Globalization;

namespace McpSecureGen.HostileInput.Json.Support;

/// <summary>How long the fuzz tests run: little in the suite, as long as <c>MCPSEC_FUZZ_SECONDS</c> says when somebody asks.</summary>
internal static class Fuzzing
{
    public static int Seconds { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MCPSEC_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 2;
}
