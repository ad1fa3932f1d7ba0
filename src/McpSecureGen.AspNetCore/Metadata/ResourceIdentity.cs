using McpSecureGen.Hosting;
using McpSecureGen.Http;
using McpSecureGen.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace McpSecureGen.Metadata;

/// <summary>What this server is as an OAuth resource: its identifier, who issues tokens for it, and what it asks of them. From the settings alone.</summary>
internal sealed class ResourceIdentity(IOptions<McpSecurityOptions> security)
{
    /// <summary>The algorithms of proofs that <see cref="ProofVerifier"/> takes, by the kind of key.</summary>
    internal static IReadOnlyList<string> ProofAlgorithms { get; } = ["ES256", "RS256", "PS256"];

    private AuthenticationOptions Options => security.Value.Authentication;

    /// <summary>The canonical resource identifier: that of the section, or the first that an issuer's tokens are for.</summary>
    internal string? Audience => AudienceOf(Options);

    internal IEnumerable<string> Issuers => new[] { Options.Issuer }.Concat(Options.Issuers.Select(static issuer => issuer.Issuer)).OfType<string>();

    /// <summary>Whether proofs are of use here: to some issuer's tokens, or to some capability.</summary>
    internal bool AsksForProof => RequiresProof.Any(static required => required) || Options.DPoPRequiredFor.Length > 0;

    /// <summary>Whether no token is good without a proof.</summary>
    internal bool AlwaysRequiresProof => RequiresProof.All(static required => required);

    private IEnumerable<bool> RequiresProof =>
        Options.Issuers.Select(static issuer => issuer.RequireDPoP).Concat(string.IsNullOrEmpty(Options.Issuer) ? [] : [Options.RequireDPoP]);

    internal static string? AudienceOf(AuthenticationOptions options) =>
        !string.IsNullOrEmpty(options.Audience) ? options.Audience : options.Issuers.FirstOrDefault(static issuer => !string.IsNullOrEmpty(issuer.Audience))?.Audience;

    /// <summary>
    /// The address that a client believes it calls, which its proof names (<c>htu</c>). A request that names the host of the audience came by the audience's
    /// scheme and port, whatever a proxy that ends TLS made of them; for others the request's own count.
    /// </summary>
    internal string AddressOf(HttpRequest request)
    {
        var path = request.PathBase.Add(request.Path).ToUriComponent();
        return ResourceUri.TryParse(Audience) is { } resource && HostName.TryParse(request.Headers.Host) is { } called &&
            string.Equals(called.Host, resource.IdnHost, StringComparison.Ordinal) && (called.Port ?? resource.Port) == resource.Port
            ? $"{resource.Scheme}://{ResourceUri.Authority(resource)}{path}"
            : $"{request.Scheme}://{request.Host.ToUriComponent()}{path}";
    }
}
