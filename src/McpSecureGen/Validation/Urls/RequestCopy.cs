using System.Buffers;
using System.Collections.Frozen;
using System.Net;

namespace McpSecureGen.Validation.Urls;

/// <summary>Requests as they leave: a copy with the URL that was checked, and nothing that would lead the connection elsewhere.</summary>
internal static class RequestCopy
{
    /// <summary>What another origin may get to see of a request that was not meant for it. Everything else may be a credential, whatever its name.</summary>
    private static readonly FrozenSet<string> HarmlessHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Cache-Control", "Pragma", "Range", "User-Agent");

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\0");

    /// <summary>What is wrong with a request besides its URL, or null.</summary>
    internal static string? Fault(HttpRequestMessage request, CheckedUrl url) =>
        request.Method == HttpMethod.Connect || request.Method == HttpMethod.Trace ? "its method is CONNECT or TRACE"
        : request.Headers.Host is { Length: > 0 } host && !string.Equals(host, url.Uri.Authority, StringComparison.OrdinalIgnoreCase) ? "its Host header names another host"
        : request.Headers.Upgrade.Count > 0 ? "it asks for another protocol"
        : HasLineEnd(request.Headers.NonValidated) || HasLineEnd(request.Content?.Headers.NonValidated) ? "a header has a line end (CWE-113)"
        : null;

    /// <summary>The request for another URL of the same origin, or the first.</summary>
    internal static HttpRequestMessage Of(HttpRequestMessage request, Uri uri) => Of(request, uri, request.Method, request.Content, sameOrigin: true);

    internal static HttpRequestMessage Of(HttpRequestMessage request, Uri uri, HttpMethod method, HttpContent? content, bool sameOrigin)
    {
        // HTTP/3 does not connect through our callback, and "or higher" would let the server's Alt-Svc header choose it, and another host with it.
        var copy = new HttpRequestMessage(method, uri)
        {
            Content = content,
            Version = request.Version > HttpVersion.Version20 ? HttpVersion.Version20 : request.Version,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            // The runtime has added "Transfer-Encoding: chunked" to a body of unknown length; a redirect that drops the body drops it too.
            if (!string.Equals(name, "Host", StringComparison.OrdinalIgnoreCase) &&
                (content is not null || !string.Equals(name, "Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) &&
                (sameOrigin || HarmlessHeaders.Contains(name)))
            {
                copy.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return copy;
    }

    private static bool HasLineEnd(System.Net.Http.Headers.HttpHeadersNonValidated? headers) =>
        headers is { } some && some.Any(static header => header.Value.Any(static value => value.AsSpan().ContainsAny(LineEnds)));
}
