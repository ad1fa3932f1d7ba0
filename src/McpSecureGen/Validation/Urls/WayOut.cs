using Microsoft.Extensions.Logging;

namespace McpSecureGen.Validation.Urls;

/// <summary>
/// The only way from a tool to a URL that somebody else named: each request and each redirect is checked by one policy, and a connection is made to an address
/// that was checked, never looked up a second time (CWE-918, CWE-367, CVE-2026-77242).
/// </summary>
internal sealed class WayOut(UrlPolicy policy, ConfinedHttpOptions options, HttpMessageInvoker connections, TimeProvider time, ILogger log)
{
    /// <exception cref="HttpRequestException">The request was refused or failed; the message is the same for all reasons but the size.</exception>
    internal async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var limit = new CancellationTokenSource(options.Timeout, time);
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
            UrlLog.RequestFailed(log, HostOf(request), limit.IsCancellationRequested ? "timed out" : Describe(error));
            limit.Dispose();
            throw new UrlFailure();
        }
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        var (url, fault) = Check(request);
        if (url is null)
        {
            UrlLog.RequestRefused(log, fault);
            throw new UrlFailure();
        }

        var message = RequestCopy.Of(request, url.Uri);
        for (var hops = 0; ; hops++)
        {
            var response = await connections.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (options.MaxRedirects == 0 || !Redirect.Is(response))
            {
                return await ConfinedContent.WrapAsync(response, options.MaxResponseBytes, limit, cancellationToken).ConfigureAwait(false);
            }

            using (response)
            {
                var next = hops < options.MaxRedirects ? Redirect.Next(message, response, url, policy, out fault) : null;
                if (next is null)
                {
                    UrlLog.RedirectRefused(log, url.Host.Text, hops < options.MaxRedirects ? fault : "too many redirects");
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

        var url = UrlSyntax.Parse(uri.AbsoluteUri, policy, out var fault);
        return url is null ? (null, $"its URL {fault}") : RequestCopy.Fault(request, url) is { } bad ? (null, bad) : (url, "");
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
