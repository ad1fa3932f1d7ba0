#pragma warning disable MCPEXP002 // Alternate tool results are experimental in the SDK; tasks are made with them.
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Hosting.Guard;

/// <summary>Notes whose task it is that a call was turned into (the tasks extension, SEP-2663).</summary>
internal static class CreatedTask
{
    internal static void Note(ResultOrAlternate<CallToolResult> result, Caller caller, TaskOwners tasks)
    {
        if (!result.IsAlternate || result.AlternateTypeInfo is not { } type ||
            JsonSerializer.SerializeToNode(result.Alternate, type) is not JsonObject alternate)
        {
            return;
        }

        // The extension of the SDK puts the task into the result; the earlier draft of the specification had it in a member.
        var task = alternate["task"] as JsonObject ?? alternate;
        if (task["taskId"] is JsonValue id && id.TryGetValue(out string? taskId))
        {
            var lives = (task["ttlMs"] ?? task["ttl"]) is JsonValue ttl && ttl.TryGetValue(out double milliseconds) && milliseconds is > 0 and < 1e12
                ? TimeSpan.FromMilliseconds(milliseconds)
                : (TimeSpan?)null;
            tasks.Add(taskId, caller, lives);
        }
    }
}
