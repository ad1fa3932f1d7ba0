using System.Net;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Validation.Urls;

/// <summary>
/// The only way from a tool to a URL that somebody else named: each request and each redirect is checked by one policy, and a connection is made to an address
/// that was checked, never looked up a second time (CWE-918, CWE-367, CVE-2026-77242).
/// </summary>
internal sealed class WayOut : IDisposable
{
    private static readonly TimeSpan PatienceWithOneOfMany = TimeSpan.FromSeconds(3);

    private readonly UrlPolicy _policy;
    private readonly ConfinedHttpOptions _options;
    private readonly HostLookup _lookup;
    private readonly IAddressDialer _dialer;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HttpMessageInvoker _invoker;

    internal WayOut(UrlPolicy policy, ConfinedHttpOptions options, HostLookup lookup, IAddressDialer dialer, TimeProvider time, ILogger log)
    {
        (_policy, _options, _lookup, _dialer, _time, _log) = (policy, options, lookup, dialer, time, log);
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = options.MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = 64,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        });
    }

    public void Dispose() => _invoker.Dispose();

    /// <exception cref="HttpRequestException">The request was refused or failed; the message is the same for all reasons but the size.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var limit = new CancellationTokenSource(_options.Timeout, _time);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            return await FollowAsync(request, limit, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            limit.Dispose();
            throw;
        }
        catch (UrlFailure)
        {
            limit.Dispose();
            throw;
        }
#pragma warning disable CA1031 // What went wrong is for the operator; whoever sent the URL hears the same for everything.
        catch (Exception error)
#pragma warning restore CA1031
        {
            UrlLog.RequestFailed(_log, HostOf(request), limit.IsCancellationRequested ? "timed out" : Describe(error));
            limit.Dispose();
            throw new UrlFailure();
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        var (url, fault) = Check(request);
        if (url is null)
        {
            UrlLog.RequestRefused(_log, fault);
            throw new UrlFailure();
        }

        var message = RequestCopy.Of(request, url.Uri);
        for (var hops = 0; ; hops++)
        {
            var response = await _invoker.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (_options.MaxRedirects == 0 || !Redirect.Is(response))
            {
                return await ConfinedContent.WrapAsync(response, _options.MaxResponseBytes, limit, cancellationToken).ConfigureAwait(false);
            }

            using (response)
            {
                var next = hops < _options.MaxRedirects ? Redirect.Next(message, response, url, _policy, out fault) : null;
                if (next is null)
                {
                    UrlLog.RedirectRefused(_log, url.Host.Text, hops < _options.MaxRedirects ? fault : "too many redirects");
                    throw new UrlFailure();
                }

                (message, url) = next.Value;
            }
        }
    }

    private (CheckedUrl? Url, string Fault) Check(HttpRequestMessage request)
    {
        if (request.RequestUri is not { IsAbsoluteUri: true } uri)
        {
            return (null, "it has no absolute URL");
        }

        var url = UrlSyntax.Parse(uri.AbsoluteUri, _policy, out var fault);
        return url is null ? (null, $"its URL {fault}") : RequestCopy.Fault(request, url) is { } bad ? (null, bad) : (url, "");
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var name = context.DnsEndPoint.Host;
        var host = IPAddress.TryParse(name, out var literal) ? new UrlHost(name, literal) : new UrlHost(name, null);
        if (await _lookup.FindAsync(host, _policy.AllowPrivate, cancellationToken).ConfigureAwait(false) is not { } addresses)
        {
            throw new UrlFailure();
        }

        Exception? last = null;
        for (var index = 0; index < addresses.Length; index++)
        {
            var address = addresses[index].IsIPv4MappedToIPv6 ? addresses[index].MapToIPv4() : addresses[index];
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (index < addresses.Length - 1)
            {
                // An address that nobody answers at must leave time for the next.
                patience.CancelAfter(PatienceWithOneOfMany);
            }

            try
            {
                return await _dialer.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), patience.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (
                error is System.Net.Sockets.SocketException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                last = error;
            }
        }

        throw new HttpRequestException("no address could be reached", last);
    }

    private static string HostOf(HttpRequestMessage request) => request.RequestUri is { IsAbsoluteUri: true } uri ? uri.IdnHost : "";

    private static string Describe(Exception error) => error is HttpRequestException { InnerException: { } inner } ? $"{error.GetType().Name}, {inner.GetType().Name}" : error.GetType().Name;
}

/// <summary>The one failure that whoever sent a URL hears of, and the one that says that a response was too large.</summary>
internal sealed class UrlFailure(string message = UrlFailure.Uniform) : HttpRequestException(message)
{
    internal const string Uniform = "The URL cannot be fetched.";

    internal static UrlFailure TooLarge(long bytes) => new($"The response is larger than {bytes.ToString(System.Globalization.CultureInfo.InvariantCulture)} bytes.");
}
