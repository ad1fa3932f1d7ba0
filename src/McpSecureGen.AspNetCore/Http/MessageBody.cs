using Microsoft.AspNetCore.Http;

namespace McpSecureGen.Http;

/// <summary>Reads the body of a message once, up to a bound, and puts the same bytes back for the server: what was checked is what runs.</summary>
internal static class MessageBody
{
    private const int FirstChunk = 16 * 1024;

    /// <summary>The body; null when it is longer than <paramref name="limit"/>.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        var bytes = new byte[Math.Min(limit + 1, (int)(request.ContentLength ?? FirstChunk) + 1)];
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return bytes.AsMemory(0, length);
            }

            length += read;
            if (length > limit)
            {
                return null;
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(limit + 1L, length * 2L));
            }
        }
    }

    /// <summary>Gives the server the bytes that were read, as what they were read.</summary>
    internal static void Replay(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        request.Body = new MemoryStream(body.ToArray(), writable: false);
        request.ContentLength = body.Length;
        request.ContentType = "application/json";
        request.Headers.Remove("Transfer-Encoding");
    }
}
