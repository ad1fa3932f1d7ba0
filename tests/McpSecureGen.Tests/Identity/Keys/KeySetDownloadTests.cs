using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity.Keys;

/// <summary>Against a real https server with a certificate of its own, and against listeners that must see nothing.</summary>
public sealed class KeySetDownloadTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(20));
    private int _connections;

    public KeySetDownloadTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private KeySetDownload Download(bool allowPrivate, string host = "issuer.example", params string[] addresses) => new(
        new Uri($"https://{host}:{Port}/jwks"),
        allowPrivate,
        addresses.Length == 0 ? null : (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()),
        static (_, _, _, _) => true);

    private async Task ServeAsync(string response)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=issuer.example", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(certificate);
                var request = new byte[8192];
                await tls.ReadAtLeastAsync(request, 16);
                await tls.WriteAsync(Encoding.ASCII.GetBytes(response));
                await tls.ShutdownAsync();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException or SocketException)
        {
        }
    }

    private static string Answer(string body, string status = "200 OK", string header = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{header}Connection: close\r\n\r\n{body}";

    [Fact]
    public async Task Given_an_https_server_then_its_key_set_is_fetched()
    {
        _ = ServeAsync(Answer("{\"keys\":[]}"));
        Assert.Equal("{\"keys\":[]}", await Download(true, addresses: "127.0.0.1").FetchAsync(_end.Token));
        Assert.Equal("{\"keys\":[]}", await Download(true, "localhost").FetchAsync(_end.Token));
        Assert.Equal(2, _connections);
    }

    [Fact]
    public async Task Given_a_certificate_that_nobody_vouches_for_then_nothing_is_fetched()
    {
        _ = ServeAsync(Answer("{\"keys\":[]}"));
        var strict = new KeySetDownload(new Uri($"https://issuer.example:{Port}/jwks"), true, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        await Assert.ThrowsAsync<HttpRequestException>(() => strict.FetchAsync(_end.Token));
    }

    [Theory]
    [InlineData("302 Found", "Location: https://169.254.169.254/\r\n")]
    [InlineData("404 Not Found", "")]
    [InlineData("500 Internal Server Error", "")]
    [InlineData("204 No Content", "")]
    public async Task Given_another_status_then_refused_and_no_redirect_is_followed(string status, string header)
    {
        _ = ServeAsync(Answer(status.StartsWith("204", StringComparison.Ordinal) ? "" : "{\"keys\":[]}", status, header));
        await Assert.ThrowsAsync<HttpRequestException>(() => Download(true, addresses: "127.0.0.1").FetchAsync(_end.Token));
        Assert.Equal(1, _connections);
    }

    [Fact]
    public async Task Given_an_answer_of_256_KiB_then_read_and_a_byte_more_refused()
    {
        var body = new string(' ', VerificationKeyRing.MaxKeyFileBytes);
        _ = ServeAsync(Answer(body));
        Assert.Equal(body.Length, (await Download(true, addresses: "127.0.0.1").FetchAsync(_end.Token)).Length);
    }

    [Fact]
    public async Task Given_an_answer_that_is_too_large_then_refused()
    {
        _ = ServeAsync(Answer(new string(' ', VerificationKeyRing.MaxKeyFileBytes + 1)));
        await Assert.ThrowsAsync<HttpRequestException>(() => Download(true, addresses: "127.0.0.1").FetchAsync(_end.Token));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.1")]
    [InlineData("8.8.8.8", "127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("::1")]
    public async Task Given_a_name_with_an_address_that_is_not_public_then_nothing_connects(params string[] addresses)
    {
        _ = ServeAsync(Answer("{\"keys\":[]}"));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => Download(false, addresses: addresses).FetchAsync(_end.Token));
        Assert.Contains("not public", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _connections);
        Assert.False(_listener.Pending());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Given_a_literal_that_is_not_public_then_nothing_connects(string host)
    {
        _ = ServeAsync(Answer("{\"keys\":[]}"));
        await Assert.ThrowsAnyAsync<Exception>(() => Download(false, host).FetchAsync(_end.Token));
        Assert.Equal(0, _connections);
        Assert.False(_listener.Pending());
    }
}
