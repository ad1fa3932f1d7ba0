using System.Net;

namespace McpSecureGen;

/// <summary>
/// Finds the addresses of a host name for <see cref="SafeUrlAttribute"/>, <see cref="ConfinedUrl"/> and <see cref="ConfinedHttp"/>. Register one of your own in the
/// container to look names up elsewhere; without one the system's resolver is asked.
/// </summary>
/// <remarks>
/// Every address it returns is checked, and a connection is made to an address that it returned and to no other. One that throws, returns nothing or takes
/// longer than five seconds refuses the URL. <see cref="System.Net.Sockets.SocketError.HostNotFound"/> says that there is no such name: nothing is connected to, and
/// a URL that a tool takes as text is handed over.
/// </remarks>
public interface IHostAddressResolver
{
    /// <summary>All addresses of both families.</summary>
    /// <param name="host">In lower case, as A-labels, without a trailing dot; never an address.</param>
    /// <param name="cancellationToken">Ends when nobody waits any more.</param>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
