namespace McpSecureGen.ConformanceServer;

/// <summary>The smallest picture and the smallest sound.</summary>
internal static class Samples
{
    /// <summary>One grey pixel of eight bits.</summary>
    public static ReadOnlyMemory<byte> Png { get; } = Convert.FromHexString(
        "89504E470D0A1A0A0000000D49484452000000010000000108000000003A7E9B550000000A4944415478DA6360000000020001E527DEFC0000000049454E44AE426082");

    /// <summary>A RIFF header of one channel at 8 kHz, and no sample.</summary>
    public static ReadOnlyMemory<byte> Wav { get; } = Convert.FromHexString(
        "524946462400000057415645666D74201000000001000100401F0000401F0000010008006461746100000000");
}
