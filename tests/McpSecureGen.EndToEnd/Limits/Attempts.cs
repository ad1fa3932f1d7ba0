using System.Text.Json;
using McpSecureGen.EndToEnd.Support;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>What the audit log says of the attempts at one method.</summary>
internal static class Attempts
{
    /// <summary>For each attempt its outcome, or why it was refused; in order.</summary>
    public static string[] Ends(TestServer server, string method = "tools/call") => [.. Records(server, method).Select(static record =>
        Text(record, "decision") == "allowed" ? Text(record, "outcome") ?? Text(record, "reason") ?? "" : Text(record, "reason") ?? "")];

    public static JsonElement[] Records(TestServer server, string method = "tools/call") =>
        [.. server.Audit.Where(record => Text(record, "method") == method)];

    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }

    private static string? Text(JsonElement record, string member) => record.TryGetProperty(member, out var value) ? value.GetString() : null;
}
