using System.Text.Json.Nodes;
using McpSecureGen.Identity;
using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>
/// The per-call token that was taken out of a request, kept with the message: a filter that runs a primitive again, or another one, runs it for the same
/// caller. Without it the second run would find no token and fall to the process's own credentials, which may be those of somebody who may more (CWE-441).
/// </summary>
internal sealed class WithheldToken
{
    private const string Key = "mcpsecuregen/withheld";

    private readonly JsonNode? _token;

    private WithheldToken(JsonNode? token) => _token = token;

    internal static void Keep(MessageContext request, JsonNode? token)
    {
        if (Of(request) is null)
        {
            request.Items[Key] = new WithheldToken(token?.DeepClone());
        }
    }

    /// <summary>Where the credential of a request is looked for: in its own <c>_meta</c>, or in what was taken from there.</summary>
    internal static JsonObject? MetaOf(MessageContext request, JsonObject? meta) =>
        Of(request) is { } withheld && meta?.ContainsKey(CallMetaCredential.MetaKey) != true
            ? new JsonObject { [CallMetaCredential.MetaKey] = withheld._token?.DeepClone() }
            : meta;

    private static WithheldToken? Of(MessageContext request) =>
        request.JsonRpcMessage.Context?.Items is { } items && items.TryGetValue(Key, out var found) ? found as WithheldToken : null;
}
