using System.Net;

namespace McpSecureGen.Validation.Urls;

/// <summary>The body of a response that ends at a size and at a time.</summary>
internal sealed class ConfinedContent : HttpContent
{
    private readonly ConfinedStream _stream;

    private ConfinedContent(ConfinedStream stream) => _stream = stream;

    /// <summary>Puts the bounded body in the place of the response's own; from here on it owns the time limit.</summary>
    /// <exception cref="UrlFailure">The response says itself that it is too large.</exception>
    internal static async Task<HttpResponseMessage> WrapAsync(
        HttpResponseMessage response, long maxBytes, CancellationTokenSource limit, CancellationToken cancellationToken)
    {
        try
        {
            var inner = response.Content;

            // Of these the header tells the size of a body that does not come.
            var hasBody = response.RequestMessage?.Method != HttpMethod.Head && response.StatusCode != HttpStatusCode.NotModified;
            if (hasBody && inner.Headers.ContentLength > maxBytes)
            {
                throw UrlFailure.TooLarge(maxBytes);
            }

            var body = await inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var content = new ConfinedContent(new ConfinedStream(body, inner, maxBytes, limit));
            foreach (var (name, values) in inner.Headers.NonValidated)
            {
                content.Headers.TryAddWithoutValidation(name, values);
            }

            response.Content = content;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => _stream;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _stream.CopyToAsync(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _stream.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
