using System.Text.Json;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status; 0 over a pipe.</param>
/// <param name="Message">The JSON-RPC answer; undefined when there was none.</param>
internal readonly record struct DecisionAnswer(int Status, JsonElement Message)
{
    /// <summary>Whether the tool's own result came back.</summary>
    public bool IsResult => Message.ValueKind == JsonValueKind.Object && Message.TryGetProperty("result", out var result) &&
        !(result.TryGetProperty("isError", out var error) && error.ValueKind == JsonValueKind.True);

    /// <summary>The code of the JSON-RPC error; null when there is none.</summary>
    public int? Code => Message.ValueKind == JsonValueKind.Object && Message.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : null;

    /// <summary>For messages of a failed test.</summary>
    public override string ToString() => $"{Status} {(Message.ValueKind == JsonValueKind.Undefined ? "no answer" : Message.GetRawText())}";
}
