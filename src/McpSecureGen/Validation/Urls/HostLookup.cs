using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Validation.Urls;

/// <summary>The addresses of a host, all of them good, or nothing. Bounded in time and in number, because whoever sends a URL also chooses the name server.</summary>
internal sealed class HostLookup(IHostAddressResolver resolver, TimeProvider time, ILogger log, TimeSpan? timeLimit = null) : IDisposable
{
    /// <summary>How long one lookup may take, waiting for its turn included.</summary>
    internal static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    /// <summary>How many run at once. One that hangs keeps its place until it ends, so that hanging lookups cannot pile up.</summary>
    internal const int MostAtOnce = 64;

    /// <summary>More answers than a name has that is meant to be reached.</summary>
    private const int MostAddresses = 64;

    /// <summary>The answer that the name does not exist, told apart from an empty one. Taken for an address it is one that is refused.</summary>
    private static readonly IPAddress[] NoSuchName = [IPAddress.None];

    private readonly SemaphoreSlim _places = new(MostAtOnce);

    public void Dispose() => _places.Dispose();

    /// <summary>The addresses, each of them allowed; null refuses, and the operator's log says why.</summary>
    internal async ValueTask<IPAddress[]?> FindAsync(UrlHost host, bool allowPrivate, CancellationToken cancellationToken) =>
        Judge(host, allowPrivate, host.Address is { } literal ? [literal] : await LookUpAsync(host.Text, cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Whether text that names the host may be handed over: its addresses are allowed, or the name servers say that there is no such name, which leads nowhere.
    /// A lookup that breaks or takes too long has said nothing.
    /// </summary>
    internal async ValueTask<bool> MayBeNamedAsync(UrlHost host, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await LookUpAsync(host.Text, cancellationToken).ConfigureAwait(false);
        return ReferenceEquals(addresses, NoSuchName) || Judge(host, allowPrivate, addresses) is not null;
    }

    private IPAddress[]? Judge(UrlHost host, bool allowPrivate, IPAddress[]? addresses)
    {
        if (addresses is null || ReferenceEquals(addresses, NoSuchName))
        {
            return null;
        }

        if (addresses.Length is 0 or > MostAddresses)
        {
            UrlLog.NoAddress(log, host.Text, addresses.Length);
            return null;
        }

        foreach (var address in addresses)
        {
            // One bad address refuses all: whoever answers for this name may answer in another order next time.
            if (SpecialPurposeAddresses.WhyRefused(address, allowPrivate) is { } why)
            {
                UrlLog.AddressRefused(log, host.Text, address, why);
                return null;
            }
        }

        return addresses;
    }

    private async ValueTask<IPAddress[]?> LookUpAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeLimit ?? TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(either.Token).ConfigureAwait(false);
            var lookup = StartAsync(name, either.Token);
            return await lookup.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (SocketException unknown) when (unknown.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            UrlLog.LookupFailed(log, name, unknown.SocketErrorCode.ToString());
            return NoSuchName;
        }
#pragma warning disable CA1031 // Fail closed: whatever a resolver throws, the name was not found good.
        catch (Exception error)
#pragma warning restore CA1031
        {
            UrlLog.LookupFailed(log, name, limit.IsCancellationRequested ? "timed out" : error.GetType().Name);
            return null;
        }
    }

    private async Task<IPAddress[]> StartAsync(string name, CancellationToken cancellationToken)
    {
        // A resolver that blocks its caller must not block the call that waits for it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            return await resolver.ResolveAsync(name, cancellationToken).ConfigureAwait(false) ?? [];
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        try
        {
            _places.Release();
        }
        catch (ObjectDisposedException)
        {
            // A lookup that outlived its server.
        }
    }
}
