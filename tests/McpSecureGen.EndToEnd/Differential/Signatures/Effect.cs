using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>What a method under test does: it counts that it ran, and tells exactly what it received, types included.</summary>
internal static class Effect
{
    private static readonly ConcurrentDictionary<string, int> Runs = new();

    public static int Count(string method) => Runs.GetValueOrDefault(method);

    public static string Of(object?[] values, [CallerMemberName] string method = "")
    {
        Runs.AddOrUpdate(method, 1, static (_, n) => n + 1);
        return string.Join("; ", values.Select(static value => value is null ? "null" : $"{value.GetType()}={JsonSerializer.Serialize(value)}"));
    }
}
