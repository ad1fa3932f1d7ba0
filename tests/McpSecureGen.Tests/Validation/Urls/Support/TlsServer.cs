using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace McpSecureGen.Tests.Validation.Urls.Support;

/// <summary>A listener on this machine that speaks TLS, with a chain of its own: root, intermediate, and a leaf that says where its issuer can be downloaded.</summary>
internal sealed class TlsServer : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(1));
    private readonly SslStreamCertificateContext _certificate;
    private readonly string _body;

    public TlsServer(string host, string issuerAt, bool sendsIntermediate, string body = "hello")
    {
        _body = body;
        var (rootKey, middleKey, leafKey) = (Key(), Key(), Key());
        var root = Request("CN=root of the test", rootKey, isAuthority: true);
        Root = root.CreateSelfSigned(From, From.AddDays(20));
        var middle = Request("CN=intermediate of the test", middleKey, isAuthority: true);
        using var issued = middle.Create(Root, From, From.AddDays(15), [1, 2, 3]);
        using var issuer = issued.CopyWithPrivateKey(middleKey);
        var leaf = Request($"CN={host}", leafKey, isAuthority: false);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        leaf.CertificateExtensions.Add(names.Build());
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        leaf.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: [issuerAt], caIssuersUris: [issuerAt]));
        leaf.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([issuerAt]));
        var server = leaf.Create(issuer, From, From.AddDays(10), [4, 5, 6]).CopyWithPrivateKey(leafKey);

        // Without a chain of its own making, which would download as well.
        _certificate = SslStreamCertificateContext.Create(
            server, sendsIntermediate ? [X509CertificateLoader.LoadCertificate(issued.RawData)] : null, offline: true);
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public X509Certificate2 Root { get; }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private static ECDsa Key() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        return request;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = AnswerAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _certificate }, _end.Token);
                _ = await stream.ReadAsync(new byte[65536], _end.Token);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(TinyServer.Ok(_body)), _end.Token);
            }
            catch (Exception error) when (
                error is OperationCanceledException or IOException or ObjectDisposedException or SocketException or System.Security.Authentication.AuthenticationException)
            {
            }
        }
    }
}
