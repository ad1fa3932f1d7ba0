using McpSecureGen.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Identity;

/// <summary>The credential of one HTTP request and what became of it: a feature of the request, made once, because a proof may be used once.</summary>
internal sealed class HttpCredential(CredentialLookup lookup, bool isProved, ProofFailure proof)
{
    /// <summary>The token, with the key that a good proof has proved.</summary>
    internal CredentialLookup Lookup { get; } = lookup;

    /// <summary>Whether the request uses the DPoP scheme.</summary>
    internal bool IsProved { get; } = isProved;

    /// <summary>Why its proof was refused.</summary>
    internal ProofFailure Proof { get; } = proof;

    /// <summary>Not yet judged counts as a check that could not be made.</summary>
    internal AuthenticationResult Result { get; set; } = AuthenticationResult.Refused(lookup.Status switch
    {
        CredentialStatus.Absent or CredentialStatus.Missing => AuthenticationFailure.NoCredential,
        CredentialStatus.Present when proof is ProofFailure.None or ProofFailure.Unavailable => AuthenticationFailure.Unavailable,
        CredentialStatus.Present => AuthenticationFailure.InvalidProof,
        _ => AuthenticationFailure.Malformed,
    });

    internal static async ValueTask<HttpCredential> OfAsync(HttpContext context)
    {
        if (context.Features.Get<HttpCredential>() is not { } credential)
        {
            context.Features.Set(credential = await ReadAsync(context).ConfigureAwait(false));
        }

        return credential;
    }

    private static async ValueTask<HttpCredential> ReadAsync(HttpContext context)
    {
        var found = AuthorizationHeader.Read(context.Request.Headers.Authorization, out var isProved);
        if (!isProved || found.Status != CredentialStatus.Present)
        {
            return new HttpCredential(found, isProved, ProofFailure.None);
        }

        var proof = await context.RequestServices.GetRequiredService<ProofVerifier>().VerifyAsync(
            context.Request.Method,
            context.RequestServices.GetRequiredService<ResourceIdentity>().AddressOf(context.Request),
            context.Request.Headers["DPoP"],
            found.Token!,
            context.RequestAborted).ConfigureAwait(false);
        return new HttpCredential(found with { ProofKeyThumbprint = proof.KeyThumbprint }, isProved, proof.Failure);
    }
}
