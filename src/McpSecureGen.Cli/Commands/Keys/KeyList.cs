using System.Text.Json.Nodes;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Cli.Output;
using Spectre.Console;

namespace McpSecureGen.Cli.Commands.Keys;

/// <summary>The keys of a store, without anything private.</summary>
internal static class KeyList
{
    public static JsonArray Document(KeyRing keys) => new([.. keys.Keys.Select(Document)]);

    public static void Show(IAnsiConsole console, KeyRing keys, DateTimeOffset now)
    {
        var table = Facts.Table("kid", "algorithm", "thumbprint (RFC 7638)", "made", "use");
        foreach (var key in keys.Keys)
        {
            table.Row(key.Id, key.Algorithm, key.Material.Thumbprint ?? "none, it is a secret", Times.Utc(key.CreatedAt), Use(key, now));
        }

        console.Write(table);
    }

    private static string Use(StoredKey key, DateTimeOffset now) => key.NotAfter switch
    {
        null => "signs",
        { } end when end <= now => "over; remove with 'keys rotate --prune'",
        { } end => $"verifies, ends {Times.Relative(end, now)}",
    };

    private static JsonObject Document(StoredKey key) => new()
    {
        ["kid"] = key.Id,
        ["algorithm"] = key.Algorithm,
        ["thumbprint"] = key.Material.Thumbprint,
        ["createdAt"] = Times.Utc(key.CreatedAt),
        ["notAfter"] = key.NotAfter is { } end ? Times.Utc(end) : null,
        ["signs"] = key.Signs,
    };
}
