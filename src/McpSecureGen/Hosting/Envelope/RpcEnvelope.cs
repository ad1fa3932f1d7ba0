using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Hosting.Envelope;

/// <summary>One JSON-RPC message, read strictly: one object, each member once and in its own spelling, well-formed text, a bounded depth.</summary>
/// <remarks>
/// The SDK's reader takes the last of two equal members, and names in any case. What an intermediary saw must be what runs, so a message on which two
/// readers could disagree is refused before the SDK sees it.
/// </remarks>
internal sealed class RpcEnvelope : IDisposable
{
    internal const int MaxDepth = 64;

    /// <summary>Deeper than this nothing is told apart: it is not read at all.</summary>
    private const int MaxReadableDepth = 4096;

    private readonly JsonDocument _document;
    private readonly JsonElement _params;

    private RpcEnvelope(JsonDocument document, RequestId id, string? method, JsonElement parameters)
    {
        (_document, Id, Method, _params) = (document, id, method, parameters);
    }

    /// <summary>The id of a request; none for a notification and, where it is unreadable, for an answer to one.</summary>
    internal RequestId Id { get; }

    /// <summary>The method; null for a response.</summary>
    internal string? Method { get; }

    /// <summary>The name or URI of the primitive that the message asks for; null when its method asks for none.</summary>
    internal string? Target => Method switch
    {
        RequestMethods.ToolsCall or RequestMethods.PromptsGet => Text("name"),
        RequestMethods.ResourcesRead or RequestMethods.ResourcesSubscribe or RequestMethods.ResourcesUnsubscribe => Text("uri"),
        _ => null,
    };

    /// <summary>A member of <c>params</c> that is text.</summary>
    internal string? Text(string member) =>
        _params.ValueKind == JsonValueKind.Object && _params.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Reads a message.</summary>
    /// <param name="body">The bytes that the server gets.</param>
    /// <param name="envelope">The message; dispose it.</param>
    /// <param name="fault">Why it is none.</param>
    /// <param name="id">The id to answer to, as far as it was readable.</param>
    internal static bool TryRead(
        ReadOnlyMemory<byte> body, [NotNullWhen(true)] out RpcEnvelope? envelope, [NotNullWhen(false)] out EnvelopeFault? fault, out RequestId id)
    {
        envelope = null;
        id = default;
        if (!Utf8.IsValid(body.Span))
        {
            fault = EnvelopeFault.NotJson;
            return false;
        }

        if (Parse(body, out fault, out id) is not { } document)
        {
            fault ??= EnvelopeFault.NotJson;
            return false;
        }

        try
        {
            fault = EnvelopeRules.Find(document.RootElement, mayHoldEscapes: body.Span.IndexOf("\\u"u8) >= 0);
            id = IdOf(document.RootElement) ?? default;
            if (fault is not null)
            {
                document.Dispose();
                return false;
            }

            var method = document.RootElement.TryGetProperty("method", out var named) ? named.GetString() : null;
            document.RootElement.TryGetProperty("params", out var parameters);
            envelope = new RpcEnvelope(document, id, method, parameters);
            return true;
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    public void Dispose() => _document.Dispose();

    /// <summary>The id of a message, where it is one: text, or a whole number that the SDK can hold.</summary>
    internal static RequestId? IdOf(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("id", out var id))
        {
            return null;
        }

        try
        {
            return id.ValueKind switch
            {
                JsonValueKind.String => new RequestId(id.GetString()!),
                JsonValueKind.Number when id.TryGetInt64(out var number) => new RequestId(number),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body, out EnvelopeFault? fault, out RequestId id)
    {
        fault = null;
        id = default;
        if (TryParse(body, MaxDepth, allowDuplicates: false) is { } document)
        {
            return document;
        }

        // Only to say what is wrong.
        if (TryParse(body, MaxDepth, allowDuplicates: true) is { } repeated)
        {
            using (repeated)
            {
                id = OnlyIdOf(repeated.RootElement);
                fault = repeated.RootElement.ValueKind == JsonValueKind.Array
                    ? EnvelopeRules.NotOneObject
                    : EnvelopeRules.FindText(repeated.RootElement) ?? EnvelopeFault.Duplicate;
            }
        }
        else if (TryParse(body, MaxReadableDepth, allowDuplicates: true) is { } deep)
        {
            deep.Dispose();
            fault = EnvelopeFault.TooDeep;
        }

        return null;
    }

    /// <summary>The id of a message that holds some member twice, where that is not the id: whoever waits for an answer gets one.</summary>
    private static RequestId OnlyIdOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.EnumerateObject().Count(static member => member.NameEquals("id"u8)) == 1
            ? IdOf(message) ?? default
            : default;

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body, int depth, bool allowDuplicates)
    {
        try
        {
            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = depth, AllowDuplicateProperties = allowDuplicates });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
