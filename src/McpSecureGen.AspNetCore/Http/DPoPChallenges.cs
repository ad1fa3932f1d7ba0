using McpSecureGen.Identity;
using McpSecureGen.Metadata;
using Microsoft.AspNetCore.Http;

namespace McpSecureGen.Http;

/// <summary>The challenges of a request, with those of RFC 9449 where proofs are of use.</summary>
internal static class DPoPChallenges
{
    internal const string NonceHeader = "DPoP-Nonce";

    /// <summary>
    /// A client that used a scheme is answered in it. One that used none, or Bearer, is told of DPoP besides where the server asks for it (section 7.1).
    /// </summary>
    /// <param name="credential">What the request brought; null: nothing was read.</param>
    /// <param name="identity">What the server asks for.</param>
    /// <param name="error">The error in the client's scheme; null: none.</param>
    /// <param name="scopes">What to ask for.</param>
    /// <param name="metadata">Where the metadata is.</param>
    internal static IReadOnlyList<string> Of(HttpCredential? credential, ResourceIdentity identity, string? error, IReadOnlyList<string> scopes, string? metadata)
    {
        var algorithms = string.Join(' ', ResourceIdentity.ProofAlgorithms);
        if (credential?.IsProved == true)
        {
            return [Challenge.DPoP(ProofError(credential.Proof) ?? error, scopes, metadata, algorithms)];
        }

        var bearer = Challenge.Bearer(error, scopes, metadata);
        return identity.AsksForProof ? [bearer, Challenge.DPoP(null, scopes, metadata, algorithms)] : [bearer];
    }

    /// <summary>Asks for a token that is bound to the client's key.</summary>
    internal static string ForBoundToken(IReadOnlyList<string> scopes, string? metadata) =>
        Challenge.DPoP(null, scopes, metadata, string.Join(' ', ResourceIdentity.ProofAlgorithms));

    /// <summary>Gives a client that proves its key the nonce for its next proof (section 8.2).</summary>
    internal static void AddNonce(HttpContext context, ProofVerifier verifier)
    {
        if (context.Features.Get<HttpCredential>() is { IsProved: true })
        {
            context.Response.Headers[NonceHeader] = verifier.Nonce();
        }
    }

    private static string? ProofError(ProofFailure failure) => failure switch
    {
        ProofFailure.None or ProofFailure.Unavailable => null,
        ProofFailure.NonceRequired => "use_dpop_nonce",
        _ => "invalid_dpop_proof",
    };
}
