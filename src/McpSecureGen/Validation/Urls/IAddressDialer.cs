using System.Net;
using System.Net.Sockets;

namespace McpSecureGen.Validation.Urls;

/// <summary>Connects to one address that was checked. Every connection of this library to a host that somebody else named goes through here.</summary>
internal interface IAddressDialer
{
    ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken);
}

/// <summary>Connects with a socket.</summary>
internal sealed class SocketDialer : IAddressDialer
{
    public async ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
