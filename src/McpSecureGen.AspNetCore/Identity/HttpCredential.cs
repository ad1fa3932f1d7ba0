using Microsoft.AspNetCore.Http;

namespace McpSecureGen.Identity;

/// <summary>The credential of one HTTP request and what became of it: a feature of the request, made once.</summary>
internal sealed class HttpCredential(CredentialLookup lookup)
{
    internal CredentialLookup Lookup { get; } = lookup;

    /// <summary>Not yet judged counts as a check that could not be made.</summary>
    internal AuthenticationResult Result { get; set; } = AuthenticationResult.Refused(lookup.Status switch
    {
        CredentialStatus.Present => AuthenticationFailure.Unavailable,
        CredentialStatus.Absent or CredentialStatus.Missing => AuthenticationFailure.NoCredential,
        _ => AuthenticationFailure.Malformed,
    });

    internal CallerIdentity? Identity { get; set; }

    internal static HttpCredential Of(HttpContext context)
    {
        if (context.Features.Get<HttpCredential>() is not { } credential)
        {
            context.Features.Set(credential = new HttpCredential(BearerHeader.Read(context.Request.Headers.Authorization)));
        }

        return credential;
    }
}
