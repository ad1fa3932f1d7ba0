using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen;

/// <summary>A URL that can only be fetched from the addresses that were checked, as the type of a parameter with <see cref="SafeUrlAttribute"/>.</summary>
/// <remarks>
/// A response is at most 10 MiB after decompression and 30 seconds long, five redirects included; <see cref="ConfinedHttp"/> makes clients with other bounds.
/// What cannot be fetched ends in one <see cref="HttpRequestException"/> that does not say why; the operator's log does.
/// </remarks>
[JsonConverter(typeof(ConfinedUrlConverter))]
public sealed class ConfinedUrl
{
    private readonly Uri? _uri;
    private readonly WayOut? _wayOut;

    private ConfinedUrl(string text, Uri? uri, WayOut? wayOut) => (Text, _uri, _wayOut) = (text, uri, wayOut);

    /// <summary>The canonical URL.</summary>
    /// <exception cref="InvalidOperationException">No rule has checked it.</exception>
    public Uri Uri => _uri ?? throw Unseen();

    /// <summary>What the client sent, until a rule has checked it; then the canonical text.</summary>
    internal string Text { get; }

    /// <summary>A URL that no rule has seen. Every operation on it throws.</summary>
    internal static ConfinedUrl Unchecked(string text) => new(text, null, null);

    internal static ConfinedUrl Checked(Uri uri, WayOut wayOut) => new(uri.AbsoluteUri, uri, wayOut);

    /// <summary>Sends a request. Without a URL of its own it goes to this one; a relative one is resolved against it; any other is checked by the same rule.</summary>
    /// <exception cref="HttpRequestException">It cannot be fetched.</exception>
    /// <exception cref="InvalidOperationException">No rule has checked the URL.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wayOut = _wayOut ?? throw Unseen();
        request.RequestUri = request.RequestUri is { } own ? own.IsAbsoluteUri ? own : new Uri(Uri, own) : Uri;
        return wayOut.SendAsync(request, cancellationToken);
    }

    /// <summary>The body of a successful response as text, decoded by its declared character set, otherwise as UTF-8.</summary>
    /// <exception cref="HttpRequestException">It cannot be fetched, is too large, or has another status than 2xx.</exception>
    public async Task<string> GetStringAsync(CancellationToken cancellationToken = default)
    {
        using var response = await GetAsync(cancellationToken).ConfigureAwait(false);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(new MemoryStream(bytes), EncodingOf(response), detectEncodingFromByteOrderMarks: true);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The body of a successful response.</summary>
    /// <exception cref="HttpRequestException">It cannot be fetched, is too large, or has another status than 2xx.</exception>
    public async Task<byte[]> GetBytesAsync(CancellationToken cancellationToken = default)
    {
        using var response = await GetAsync(cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The body of a successful response as it arrives. Dispose it.</summary>
    /// <exception cref="HttpRequestException">It cannot be fetched, or has another status than 2xx; while reading: it is too large or too slow.</exception>
    public async Task<Stream> OpenReadAsync(CancellationToken cancellationToken = default)
    {
        var response = await GetAsync(cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The canonical URL, or that it is unchecked.</summary>
    public override string ToString() => _uri is null ? "(unchecked URL)" : Text;

    private async Task<HttpResponseMessage> GetAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Uri);
        var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        response.Dispose();
        throw new HttpRequestException("The URL answered with a status that is no success.", null, response.StatusCode);
    }

    private static Encoding EncodingOf(HttpResponseMessage response)
    {
        try
        {
            return response.Content.Headers.ContentType?.CharSet is { } name ? Encoding.GetEncoding(name.Trim('"')) : Encoding.UTF8;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            // A name that the server made up, or UTF-7, which the runtime refuses to decode.
            return Encoding.UTF8;
        }
    }

    private static InvalidOperationException Unseen() => new("The URL was not checked: take it as a parameter of a tool, or as a member with [SafeUrl].");
}

/// <summary>Reads a string as a URL that nobody has checked yet; its rule replaces it.</summary>
internal sealed class ConfinedUrlConverter : JsonConverter<ConfinedUrl>
{
    public override ConfinedUrl Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ConfinedUrl.Unchecked(reader.GetString()!) : throw new JsonException("A URL is a string.");

    public override void Write(Utf8JsonWriter writer, ConfinedUrl value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
