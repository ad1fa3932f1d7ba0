using System.Globalization;
using System.Text;
using System.Text.Json;

namespace McpSecureGen.Audit;

/// <summary>The fields of a record as JSON: absent ones left out, strings and lists bounded, so that a line is bounded too.</summary>
internal static class AuditRecordJson
{
    internal const int MaxStringLength = 256;
    internal const int MaxListLength = 32;

    internal static void Write(Utf8JsonWriter writer, AuditRecord record)
    {
        Text(writer, "method", record.Method);
        Text(writer, "primitive", record.Primitive);
        Text(writer, "namespace", record.Namespace);
        Text(writer, "subject", record.Subject);
        Text(writer, "clientId", record.ClientId);
        Text(writer, "tokenId", record.TokenId);
        Text(writer, "callerSource", record.CallerSource);
        List(writer, "required", record.Required);
        List(writer, "arguments", record.Arguments);
        if (record.UndeclaredArguments != 0)
        {
            writer.WriteNumber("undeclaredArguments", record.UndeclaredArguments);
        }

        Text(writer, "decision", record.Decision);
        Text(writer, "reason", record.Reason);
        Text(writer, "parameter", record.Parameter);
        Text(writer, "rule", record.Rule);
        Text(writer, "outcome", record.Outcome);
        if (record.ResultLength is { } length)
        {
            writer.WriteNumber("resultLength", length);
        }

        writer.WriteNumber("durationMicroseconds", (long)record.Duration.TotalMicroseconds);
        Text(writer, "traceId", record.TraceId);
        writer.WriteString("startedAt", record.StartedAt.ToUniversalTime());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="Exception">It is something else: <see cref="JsonException"/>, <see cref="KeyNotFoundException"/>, <see cref="FormatException"/>,
    /// <see cref="InvalidOperationException"/>.</exception>
    internal static AuditRecord Read(JsonElement json) => new()
    {
        Method = json.GetProperty("method").GetString() ?? "",
        Primitive = Text(json, "primitive"),
        Namespace = Text(json, "namespace"),
        Subject = Text(json, "subject"),
        ClientId = Text(json, "clientId"),
        TokenId = Text(json, "tokenId"),
        CallerSource = Text(json, "callerSource"),
        Required = List(json, "required"),
        Arguments = List(json, "arguments"),
        UndeclaredArguments = json.TryGetProperty("undeclaredArguments", out var undeclared) ? undeclared.GetInt32() : 0,
        Decision = json.GetProperty("decision").GetString() ?? "",
        Reason = Text(json, "reason"),
        Parameter = Text(json, "parameter"),
        Rule = Text(json, "rule"),
        Outcome = Text(json, "outcome"),
        ResultLength = json.TryGetProperty("resultLength", out var length) ? length.GetInt32() : null,
        Duration = TimeSpan.FromMicroseconds(json.GetProperty("durationMicroseconds").GetInt64()),
        TraceId = Text(json, "traceId"),
        StartedAt = json.GetProperty("startedAt").GetDateTimeOffset(),
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string[] List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")] : [];

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, Cap(value));
        }
    }

    private static void List(Utf8JsonWriter writer, string name, IReadOnlyList<string>? values)
    {
        if (values is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray(name);
        for (var index = 0; index < values.Count; index++)
        {
            if (index == MaxListLength - 1 && values.Count > MaxListLength)
            {
                writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"...(+{values.Count - index} entries)"));
                break;
            }

            writer.WriteStringValue(Cap(values[index] ?? ""));
        }

        writer.WriteEndArray();
    }

    // The mark counts within the bound, so that a record read back and written again stays as it is.
    private static string Cap(string value)
    {
        if (value.Length <= MaxStringLength)
        {
            return Sound(value);
        }

        const int Kept = MaxStringLength - 32;
        return Sound(value[..Kept]) + string.Create(CultureInfo.InvariantCulture, $"...(+{value.Length - Kept} characters)");
    }

    // The writer throws on a lone surrogate; a caller's broken text must not take the log down.
    private static string Sound(string value) =>
        Ascii.IsValid(value) ? value : Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(value));
}
