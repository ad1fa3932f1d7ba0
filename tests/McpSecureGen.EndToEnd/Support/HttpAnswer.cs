using System.Text.Json;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>What one raw request got.</summary>
internal sealed record HttpAnswer(int Status, string Body, string? Challenge, HttpResponseMessage Response)
{
    /// <summary>The JSON-RPC message, from an event stream or a plain answer.</summary>
    public JsonElement Message => JsonElement.Parse(
        Body.Split('\n').LastOrDefault(static line => line.StartsWith("data: {", StringComparison.Ordinal)) is { } data ? data["data: ".Length..] : Body);

    public int? ErrorCode => Message.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : null;

    public string? Reason => Message.TryGetProperty("error", out var error) && error.TryGetProperty("data", out var data) ? data.GetProperty("reason").GetString() : null;
}
