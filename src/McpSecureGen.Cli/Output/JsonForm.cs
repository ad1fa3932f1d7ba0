using System.Text.Json;

namespace McpSecureGen.Cli.Output;

/// <summary>How JSON is written.</summary>
internal static class JsonForm
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true };
}
