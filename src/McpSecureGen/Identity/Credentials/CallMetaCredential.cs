using System.Text.Json.Nodes;

namespace McpSecureGen.Identity;

/// <summary>The token that a call brings along in <c>_meta["mcpsecuregen/token"]</c>: a gateway in front of a stdio server can speak for several users.</summary>
/// <remarks>Anything but a string under that key, null included, is invalid and not absent: a client that tried to identify itself must not fall back.</remarks>
public sealed class CallMetaCredential : ICredentialSource
{
    /// <summary>The key in <c>_meta</c>.</summary>
    public const string MetaKey = "mcpsecuregen/token";

    /// <inheritdoc/>
    public CredentialLookup Find(in CredentialRequest request)
    {
        if (request.Meta is null || !request.Meta.TryGetPropertyValue(MetaKey, out var node))
        {
            return CredentialLookup.Absent;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var token)
            ? CredentialLookup.Of(token, CallerSource.CallMeta)
            : CredentialLookup.Invalid(CallerSource.CallMeta);
    }
}
