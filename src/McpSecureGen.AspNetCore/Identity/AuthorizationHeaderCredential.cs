using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Identity;

/// <summary>The bearer token in the <c>Authorization</c> header: over HTTP the only credential that counts.</summary>
/// <remarks>
/// <para>The header of the request that carries the call is read, on every call (MCP 2026-07-28, authorization: in every request, also of one session).
/// A call over HTTP is never given to another source: without the header it has no credential, whatever its <c>_meta</c>, its query string or this
/// process's environment hold. Several headers, another scheme, an empty token or one with other characters than RFC 6750 allows are invalid.</para>
/// <para>A call that belongs to no HTTP request is left to the other sources where the server has a local pipe besides. Where it has none, the request
/// has ended under its call, and the call has no credential.</para>
/// </remarks>
/// <param name="requests">The request of the current call.</param>
/// <param name="registered">What the container holds: tells whether it has another transport than HTTP. Null counts as no.</param>
public sealed class AuthorizationHeaderCredential(IHttpContextAccessor requests, IServiceProviderIsService? registered = null) : ICredentialSource
{
    private readonly IHttpContextAccessor _requests = requests ?? throw new ArgumentNullException(nameof(requests));
    private readonly bool _hasLocalPipe = registered?.IsService(typeof(ITransport)) == true;

    /// <inheritdoc/>
    public CredentialLookup Find(in CredentialRequest request)
    {
        if (_requests.HttpContext is { } context)
        {
            return BearerHeader.Read(context.Request.Headers.Authorization);
        }

        return request.AmbientAllowed || _hasLocalPipe ? CredentialLookup.Absent : CredentialLookup.Missing(CallerSource.Authorization);
    }
}
