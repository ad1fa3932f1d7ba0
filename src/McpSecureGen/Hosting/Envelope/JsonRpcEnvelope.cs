using System.Text.Json;
using System.Text.Unicode;

namespace McpSecureGen.Hosting.Envelope;

/// <summary>
/// Reads a JSON-RPC message so strictly that whoever saw it on its way has seen what runs: one object, no member twice, no member of the protocol
/// in another spelling, text that is text.
/// </summary>
/// <remarks>
/// The SDK binds members without regard to case and takes the last of two, so that a gateway that reads exactly, or takes the first, sees another
/// call (CVE-2026-27896 and its class). Batches left the protocol with 2025-06-18; a check that knows single messages only was walked around by
/// one. Limits: 64 levels.
/// </remarks>
internal static class JsonRpcEnvelope
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private const int InvalidParams = -32602;
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    private static readonly Dictionary<string, string> EnvelopeMembers = Spellings("jsonrpc", "id", "method", "params", "result", "error");

    /// <summary>The members of all parameters of the specification that name or steer something. What lies in <c>arguments</c> is the tool's.</summary>
    private static readonly Dictionary<string, string> ParameterMembers = Spellings(
        "name", "arguments", "uri", "cursor", "ref", "argument", "context", "level", "requestId", "reason", "protocolVersion", "capabilities",
        "clientInfo", "_meta", "progressToken", "progress", "requestState", "inputResponses", "task", "taskId", "notifications", "type", "value");

    /// <summary>Members of parameters that are themselves parts of the protocol.</summary>
    private static readonly string[] NestedParameters = ["ref", "argument", "notifications", "task"];

    /// <summary>Reads one message. Never throws.</summary>
    internal static EnvelopeReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            return Bad(ParseError, "The message is not UTF-8.");
        }

        JsonElement message;
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            message = document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Bad(ParseError, $"The message is not JSON, holds a member twice, or is nested deeper than {MaxDepth} levels.", RecoveredId(utf8));
        }

        return IsWellFormedText(utf8.Span) ? Judge(message) : Bad(ParseError, "The message holds text that is not Unicode.", RecoveredId(utf8));
    }

    /// <summary>The id of a refused message, so that whoever waits for an answer gets one: the only top-level <c>id</c>, when there is exactly one.</summary>
    private static JsonElement RecoveredId(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return default;
            }

            JsonElement[] ids = [.. document.RootElement.EnumerateObject().Where(static member => member.NameEquals("id")).Select(static member => member.Value)];
            return ids is [var id] && IsId(id) && (id.ValueKind == JsonValueKind.Number || id.GetString() is not null) ? id.Clone() : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static EnvelopeReading Judge(JsonElement message)
    {
        if (message.ValueKind == JsonValueKind.Array)
        {
            return Bad(InvalidRequest, "Batches are not accepted. Send one message at a time.");
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            return Bad(InvalidRequest, "The message is not a JSON object.");
        }

        var id = message.TryGetProperty("id", out var given) && IsId(given) ? given : default;
        var problem = EnvelopeProblemOf(message);
        if (problem is not null || !message.TryGetProperty("method", out var method))
        {
            return new(problem, id, null, null, default);
        }

        var parameters = message.TryGetProperty("params", out var present) ? present : default;
        var name = TextOf(parameters, "name") ?? TextOf(parameters, "uri");
        return new(ParametersProblemOf(parameters), id, method.GetString(), name, parameters);
    }

    private static EnvelopeProblem? EnvelopeProblemOf(JsonElement message)
    {
        if (HasOtherSpelling(message, EnvelopeMembers))
        {
            return new(InvalidRequest, "A member of the message is spelled in another case. Members are case-sensitive.");
        }

        if (TextOf(message, "jsonrpc") != "2.0")
        {
            return new(InvalidRequest, "The member jsonrpc must be \"2.0\".");
        }

        if (message.TryGetProperty("id", out var id) && !IsId(id) && !message.TryGetProperty("error", out _))
        {
            return new(InvalidRequest, "The id must be a string or a whole number.");
        }

        if (!message.TryGetProperty("method", out var method))
        {
            return message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _)
                ? null
                : new(InvalidRequest, "The message has no method, no result and no error.");
        }

        return method.ValueKind != JsonValueKind.String ? new(InvalidRequest, "The method must be a string.")
            : message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _)
                ? new(InvalidRequest, "The message is a request and a response at once.")
                : null;
    }

    private static EnvelopeProblem? ParametersProblemOf(JsonElement parameters)
    {
        if (parameters.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (parameters.ValueKind != JsonValueKind.Object)
        {
            return new(InvalidParams, "The params must be an object.");
        }

        var isSpelledOtherwise = HasOtherSpelling(parameters, ParameterMembers) ||
            NestedParameters.Any(nested => parameters.TryGetProperty(nested, out var inner) &&
                inner.ValueKind == JsonValueKind.Object && HasOtherSpelling(inner, ParameterMembers));
        return isSpelledOtherwise ? new(InvalidParams, "A member of the params is spelled in another case. Members are case-sensitive.") : null;
    }

    /// <summary>Whether a member is one of these but for its case, so that a reader that ignores case takes it and others do not.</summary>
    private static bool HasOtherSpelling(JsonElement element, Dictionary<string, string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (known.TryGetValue(member.Name, out var exact) && !string.Equals(exact, member.Name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every escaped string and name is Unicode: an escape can spell half a surrogate pair, which UTF-8 itself cannot.</summary>
    private static bool IsWellFormedText(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return false;
        }
    }

    /// <summary>A string, or a number without fraction that every reader holds exactly.</summary>
    private static bool IsId(JsonElement id) => id.ValueKind == JsonValueKind.String || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _));

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Dictionary<string, string> Spellings(params string[] names) =>
        names.ToDictionary(static name => name, StringComparer.OrdinalIgnoreCase);

    private static EnvelopeReading Bad(int code, string text, JsonElement id = default) => new(new(code, text), id, null, null, default);
}
