using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace McpSecureGen.Validation.Urls;

/// <summary>
/// The judgement of a server's certificate without a connection of its own. By default the runtime fetches a missing issuer from where the certificate says that
/// it is (RFC 5280 section 4.2.2.1), and so from any address that the server wrote into it, behind the back of every check of addresses (CWE-918).
/// </summary>
/// <remarks>A server that does not send its intermediate certificates is refused, as TLS asks (RFC 8446 section 4.4.2) and as curl and OpenSSL do.</remarks>
internal static class OfflineCertificates
{
    internal static SslClientAuthenticationOptions Judge(RemoteCertificateValidationCallback? callback = null) => new()
    {
        RemoteCertificateValidationCallback = callback,
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,

            // A policy's own default is to ask the places that the certificate names; the default without a policy is not to.
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
