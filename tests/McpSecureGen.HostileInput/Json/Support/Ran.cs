using System.Collections.Concurrent;
using System.Text.Json;

namespace McpSecureGen.HostileInput.Json.Support;

/// <summary>Which methods ran, and with what.</summary>
internal static class Ran
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> Calls = new(StringComparer.Ordinal);

    public static string Note(object? value, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        Calls.GetOrAdd(method, static _ => []).Enqueue(value as string ?? JsonSerializer.Serialize(value));
        return "ran";
    }

    public static int Count(string method) => Calls.TryGetValue(method, out var calls) ? calls.Count : 0;

    public static string Last(string method) => Calls[method].Last();
}
