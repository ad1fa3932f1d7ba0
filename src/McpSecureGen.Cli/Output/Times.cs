using System.Globalization;

namespace McpSecureGen.Cli.Output;

/// <summary>Points in time and durations, for people.</summary>
internal static class Times
{
    /// <summary><c>2026-11-23T22:25:23Z</c>.</summary>
    public static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>in 4 minutes 12 seconds</c>, <c>3 hours ago</c>, <c>now</c>.</summary>
    public static string Relative(DateTimeOffset time, DateTimeOffset now)
    {
        var distance = TimeSpan.FromSeconds(Math.Round((time - now).TotalSeconds));
        return distance == TimeSpan.Zero ? "now" : distance > TimeSpan.Zero ? $"in {InWords(distance)}" : $"{InWords(-distance)} ago";
    }

    /// <summary>The two largest units: <c>1 hour 5 minutes</c>.</summary>
    public static string InWords(TimeSpan span)
    {
        (long Count, string Unit)[] parts =
        [
            ((long)span.TotalDays, "day"), (span.Hours, "hour"), (span.Minutes, "minute"), (span.Seconds, "second"),
        ];
        var shown = parts.SkipWhile(part => part.Count == 0).Take(2).Where(part => part.Count > 0)
            .Select(part => part.Count == 1 ? $"1 {part.Unit}" : string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}s"));
        return string.Join(' ', shown) is { Length: > 0 } words ? words : "0 seconds";
    }
}
