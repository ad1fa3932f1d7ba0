using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Cli.Output;

namespace McpSecureGen.Cli.Tokens;

/// <summary>The times of a token in words.</summary>
internal static class TokenTimes
{
    private const long LastSecond = 253_402_300_799;

    private static readonly string[] Names = ["iat", "nbf", "exp", "auth_time"];

    public static JsonObject Document(JsonElement claims, DateTimeOffset now)
    {
        var document = new JsonObject();
        foreach (var name in Names)
        {
            if (claims.TryGetProperty(name, out var value) && TryRead(value, out var time))
            {
                document[name] = new JsonObject { ["utc"] = Times.Utc(time), ["words"] = Times.Relative(time, now) };
            }
        }

        return document;
    }

    /// <summary>A claim for people: times with their words, texts without quotes, the rest as JSON.</summary>
    public static string Value(JsonProperty claim, DateTimeOffset now) => claim.Value.ValueKind switch
    {
        JsonValueKind.String => claim.Value.GetString()!,
        JsonValueKind.Number when Names.Contains(claim.Name, StringComparer.Ordinal) && TryRead(claim.Value, out var time) =>
            $"{claim.Value.GetRawText()} ({Times.Utc(time)}, {Times.Relative(time, now)})",
        _ => claim.Value.GetRawText(),
    };

    /// <summary>Reads <c>2026-11-23T22:59:45Z</c> or seconds since 1970.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            time = seconds <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default;
            return seconds <= LastSecond;
        }

        return DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    private static bool TryRead(JsonElement value, out DateTimeOffset time)
    {
        time = default;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var seconds) || seconds is < 0 or > LastSecond)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
