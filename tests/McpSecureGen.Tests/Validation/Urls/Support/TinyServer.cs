using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpSecureGen.Tests.Validation.Urls.Support;

/// <summary>A listener on this machine that answers each request with what a test says, and keeps the requests.</summary>
internal sealed class TinyServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new(TimeSpan.FromMinutes(2));
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<string, Stream, CancellationToken, Task> _answer;

    public TinyServer(Func<string, Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public TinyServer(Func<string, string> answer)
        : this((request, stream, stop) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer(request)), stop).AsTask())
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Head and body of each request.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static string Ok(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public static string Redirect(int status, string location) =>
        $"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
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
                var stream = client.GetStream();
                var text = "";
                var buffer = new byte[65536];
                while (!IsWhole(text))
                {
                    var count = await stream.ReadAsync(buffer, _end.Token);
                    if (count == 0 || buffer[0] == 0x16)
                    {
                        // Nobody there, or a TLS handshake, which a listener without a certificate cannot answer.
                        return;
                    }

                    text += Encoding.Latin1.GetString(buffer, 0, count);
                }

                _requests.Enqueue(text);
                await _answer(text, stream, _end.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException or SocketException)
            {
            }
        }
    }

    private static bool IsWhole(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return false;
        }

        var length = text.Split("\r\n").FirstOrDefault(static line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || text.Length - head - 4 >= int.Parse(length.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture);
    }
}
