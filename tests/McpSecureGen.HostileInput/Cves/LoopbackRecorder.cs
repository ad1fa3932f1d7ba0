using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>A server on this machine that answers everything and notes what it was asked.</summary>
internal sealed class LoopbackRecorder : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _seen = [];
    private readonly Task _run;
    private readonly Func<string, string> _answer;

    internal LoopbackRecorder(Func<string, string>? answer = null)
    {
        _answer = answer ?? (static _ => "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        _listener.Start();
        _run = RunAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The first line of each request; an empty one for a connection that asked nothing.</summary>
    internal IReadOnlyList<string> Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _run;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                var buffer = new byte[8192];
                var read = await stream.ReadAsync(buffer, _stop.Token);
                var line = Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[0];
                lock (_seen)
                {
                    _seen.Add(line);
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer(line)), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
