using McpSecureGen;
using ModelContextProtocol;

namespace FileServer;

/// <summary>Reads a file that is text and not too long.</summary>
internal static class TextFile
{
    /// <exception cref="McpException">It is a folder, too long, or not UTF-8. The message names the file as the client does.</exception>
    public static async Task<string> ReadAsync(ConfinedPath path, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await path.ReadAllTextAsync(maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is IOException or InvalidDataException)
        {
            // No message of a ConfinedPath holds a path of the host.
            throw new McpException($"'{path}': {refused.Message}");
        }
    }
}
