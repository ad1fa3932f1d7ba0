using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace McpSecureGen.Cli;

/// <summary>An option whose value is a duration: <c>90s</c>, <c>5m</c>, <c>1h</c>, <c>1d</c> or <c>00:05:00</c>.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, string description, TimeSpan byDefault, TimeSpan least, TimeSpan most) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse(result, name, least, most),
    };

    private static TimeSpan Parse(ArgumentResult result, string name, TimeSpan least, TimeSpan most)
    {
        if (!TryRead(result.Tokens[0].Value, out var duration))
        {
            result.AddError($"{name} is not a duration. Write for example 90s, 5m, 1h or 00:05:00.");
        }
        else if (duration < least || duration > most)
        {
            result.AddError($"{name} is out of range: {least:c} to {most:c}.");
        }

        return duration;
    }

    private static bool TryRead(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
        }

        long seconds = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        if (seconds == 0 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(count * seconds);
        return true;
    }
}
