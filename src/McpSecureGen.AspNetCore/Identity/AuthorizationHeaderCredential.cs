using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Identity;

/// <summary>The bearer token in the <c>Authorization</c> header: over HTTP the only credential that counts.</summary>
/// <remarks>
/// <para>The endpoint guard reads the header of the request that brings a message, and the credential travels with the message. So every message has its
/// own caller, under whatever session or stream it runs (MCP 2026-07-28, authorization: in every request, also of one session). A message that came by an
/// endpoint without the guard has no credential, whatever its headers, its <c>_meta</c> or this process's environment hold.</para>
/// <para>A call that belongs to no HTTP request is left to the other sources where the server has a local pipe besides. Where it has none, the call has
/// no credential.</para>
/// </remarks>
/// <param name="requests">Tells whether the call runs under an HTTP request.</param>
/// <param name="registered">What the container holds: tells whether it has another transport than HTTP. Null counts as no.</param>
public sealed class AuthorizationHeaderCredential(IHttpContextAccessor requests, IServiceProviderIsService? registered = null) : ICredentialSource
{
    private readonly IHttpContextAccessor _requests = requests ?? throw new ArgumentNullException(nameof(requests));
    private readonly bool _hasLocalPipe = registered?.IsService(typeof(ITransport)) == true;

    /// <inheritdoc/>
    public CredentialLookup Find(in CredentialRequest request)
    {
        foreach (var identity in request.User?.Identities ?? [])
        {
            if (identity is CallerIdentity caller)
            {
                return caller.Ask();
            }
        }

        var isLocal = _requests.HttpContext is null && (request.AmbientAllowed || _hasLocalPipe);
        return isLocal ? CredentialLookup.Absent : CredentialLookup.Missing(CallerSource.Authorization);
    }
}
