using McpSecureGen.Validation.Urls;

namespace McpSecureGen;

/// <summary>Sends requests to public addresses alone; made by <see cref="ConfinedHttp.CreateHandler"/>.</summary>
/// <remarks>
/// <para>A refused, unreachable or too slow host all end in the same <see cref="HttpRequestException"/>: an answer that told them apart would map the network for
/// whoever sent the URL. The operator's log (<c>McpSecureGen.Urls</c>) says which it was.</para>
/// <para>HTTP/1.1 and HTTP/2. HTTP/3 would connect by itself and is never used. Only the asynchronous methods.</para>
/// </remarks>
public sealed class ConfinedHttpHandler : HttpMessageHandler
{
    private readonly WayOut _wayOut;

    internal ConfinedHttpHandler(WayOut wayOut) => _wayOut = wayOut;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _wayOut.SendAsync(request, cancellationToken);
}
