using System.Collections.Frozen;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Hosting.Envelope;

/// <summary>What a message must be besides JSON without repeated members.</summary>
internal static class EnvelopeRules
{
    internal static EnvelopeFault NotOneObject { get; } = EnvelopeFault.Invalid("Batch", "Send one JSON-RPC message at a time; a batch is not accepted.");

    /// <param name="message">The message; no object in it holds a member twice.</param>
    /// <param name="mayHoldEscapes">Whether the text has <c>\u</c> in it. Without one no lone surrogate can be there, because the bytes are valid UTF-8.</param>
    internal static EnvelopeFault? Find(JsonElement message, bool mayHoldEscapes) =>
        message.ValueKind != JsonValueKind.Object ? NotOneObject
            : mayHoldEscapes && FindText(message) is { } text ? text
            : FindNames(message, ProtocolMembers.Envelope) ?? FindShape(message);

    /// <summary>A lone surrogate in any text, written as an escape. Readers replace it by different characters, or fail late.</summary>
    internal static EnvelopeFault? FindText(JsonElement json)
    {
        try
        {
            switch (json.ValueKind)
            {
                case JsonValueKind.String:
                    _ = json.GetString();
                    break;
                case JsonValueKind.Array:
                    foreach (var item in json.EnumerateArray())
                    {
                        if (FindText(item) is { } fault)
                        {
                            return fault;
                        }
                    }

                    break;
                case JsonValueKind.Object:
                    foreach (var member in json.EnumerateObject())
                    {
                        _ = member.Name;
                        if (FindText(member.Value) is { } fault)
                        {
                            return fault;
                        }
                    }

                    break;
            }

            return null;
        }
        catch (InvalidOperationException)
        {
            return EnvelopeFault.Text;
        }
    }

    private static EnvelopeFault? FindShape(JsonElement message)
    {
        if (!message.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"u8))
        {
            return EnvelopeFault.Invalid("Version", "The message must have jsonrpc \"2.0\".");
        }

        var hasId = message.TryGetProperty("id", out var id);
        var hasError = message.TryGetProperty("error", out _);
        var hasResult = message.TryGetProperty("result", out _);
        var isNullId = hasId && id.ValueKind == JsonValueKind.Null;
        if (hasId && RpcEnvelope.IdOf(message) is null && !(isNullId && hasError))
        {
            return EnvelopeFault.Invalid("Id", "The id must be text or a whole number.");
        }

        if (!message.TryGetProperty("method", out var method))
        {
            return hasId && hasError != hasResult && !message.TryGetProperty("params", out _)
                ? null
                : EnvelopeFault.Invalid("Kind", "The message is neither a request nor a notification nor a response.");
        }

        if (method.ValueKind != JsonValueKind.String || hasError || hasResult)
        {
            return EnvelopeFault.Invalid("Method", "The method must be text, and a message with one holds neither result nor error.");
        }

        return FindParams(message, method.GetString()!);
    }

    private static EnvelopeFault? FindParams(JsonElement message, string method)
    {
        var hasParams = message.TryGetProperty("params", out var parameters);
        if (hasParams && parameters.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            return EnvelopeFault.Parameters("The params must be an object.");
        }

        var needed = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead or RequestMethods.ResourcesSubscribe or RequestMethods.ResourcesUnsubscribe => "uri",
            _ => null,
        };

        return needed is null || (hasParams && parameters.ValueKind == JsonValueKind.Object &&
            parameters.TryGetProperty(needed, out var value) && value.ValueKind == JsonValueKind.String)
            ? null
            : EnvelopeFault.Parameters($"The params must hold '{needed}' as text.");
    }

    /// <summary>
    /// Names that differ by case alone, at every level but in a tool's arguments, whose names are the tool's own and are compared exactly by its wrapper.
    /// </summary>
    private static EnvelopeFault? FindNames(JsonElement json, FrozenSet<string>? known)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                if (FindNames(item, null) is { } inItem)
                {
                    return inItem;
                }
            }
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        HashSet<string>? seen = null;
        foreach (var member in json.EnumerateObject())
        {
            var name = member.Name;

            // A letter beyond ASCII that folds to one within (U+212A, U+017F) is another name here and the same in other readers.
            var isForeign = known is not null && !System.Text.Ascii.IsValid(name) && name.All(char.IsLetter);
            if (isForeign || (known is not null && ProtocolMembers.IsMisspelt(known, name)) ||
                !(seen ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(name))
            {
                return EnvelopeFault.Case;
            }

            if (ReferenceEquals(known, ProtocolMembers.Params) && name == "arguments")
            {
                continue;
            }

            if (FindNames(member.Value, ProtocolMembers.Below(known, name)) is { } inMember)
            {
                return inMember;
            }
        }

        return null;
    }
}
