using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen.Tests.Validation.Urls.Support;

/// <summary>Writes down every address that somebody connects to. The connection itself goes to a listener of the test, or fails: nothing leaves the machine.</summary>
internal sealed class SocketRecorder(int? port = null) : IAddressDialer
{
    private readonly ConcurrentQueue<IPEndPoint> _attempts = new();

    public IReadOnlyCollection<IPEndPoint> Attempts => _attempts;

    public IEnumerable<IPEndPoint> NotPublic => _attempts.Where(static attempt => SpecialPurposeAddresses.WhyNotPublic(attempt.Address) is not null);

    public async ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        _attempts.Enqueue(endPoint);
        if (port is not { } listener)
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, listener), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public void Clear() => _attempts.Clear();
}
