using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using McpSecureGen.Tests.Validation.Urls.Support;
using McpSecureGen.Validation.Urls;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Validation.Urls;

/// <summary>A server chooses the addresses in its certificate, and the runtime would fetch its missing issuer from there (RFC 5280 section 4.2.2.1, CWE-918).</summary>
public sealed class CertificateDownloadTests
{
    [Fact]
    public async Task No_request_goes_where_a_certificate_says_that_its_issuer_is()
    {
        using var inside = new TinyServer(static _ => TinyServer.Ok("an answer of the inner network"));
        using var server = new TlsServer("tls.example.com", $"http://127.0.0.1:{inside.Port}/admin?delete=1", sendsIntermediate: false);
        using var urls = new UrlSecurity(
            null, TimeProvider.System, NullLoggerFactory.Instance, new FakeResolver { Names = { ["tls.example.com"] = ["93.184.216.34"] } }, new SocketRecorder(server.Port));
        using var client = new ConfinedHttp(urls).CreateClient();

        await Assert.ThrowsAsync<UrlFailure>(() => client.GetStringAsync("https://tls.example.com/"));

        Assert.Empty(inside.Requests);
    }

    [Theory]
    [InlineData(true, "tls.example.com", true)]
    [InlineData(false, "tls.example.com", false)]
    [InlineData(true, "other.example.com", false)]
    public async Task A_server_that_sends_its_chain_is_trusted_and_no_other(bool sendsIntermediate, string asked, bool isTrusted)
    {
        using var inside = new TinyServer(static _ => TinyServer.Ok(""));
        using var server = new TlsServer("tls.example.com", $"http://127.0.0.1:{inside.Port}/", sendsIntermediate);
        var options = OfflineCertificates.Judge();
        var policy = options.CertificateChainPolicy!;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(server.Root);
        options.TargetHost = asked;
        for (var round = 0; round < 2; round++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, server.Port, TestContext.Current.CancellationToken);
            await using var stream = new SslStream(socket.GetStream());
            var attempt = await Record.ExceptionAsync(() => stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken));
            Assert.Equal(isTrusted ? null : typeof(AuthenticationException), attempt?.GetType());
        }

        Assert.Empty(inside.Requests);
        Assert.Empty(policy.ExtraStore);
    }
}
