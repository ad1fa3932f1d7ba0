using System.Security.Cryptography;
using System.Text;
using McpSecureGen.Hosting;

namespace McpSecureGen.Invocation;

/// <summary>Reads the key of <see cref="ConfirmationOptions"/>, or makes one.</summary>
internal static class ConfirmationKey
{
    private const int KeyBytes = 32;
    private const int MaxFileBytes = 4096;

    /// <exception cref="McpSecurityConfigurationException">The key cannot be read, is too short, or is given twice.</exception>
    internal static byte[] Of(ConfirmationOptions options)
    {
        if (string.IsNullOrEmpty(options.Key) && string.IsNullOrEmpty(options.KeyFile))
        {
            return RandomNumberGenerator.GetBytes(KeyBytes);
        }

        if (!string.IsNullOrEmpty(options.Key) && !string.IsNullOrEmpty(options.KeyFile))
        {
            throw new McpSecurityConfigurationException("McpSecurity:Confirmation has both Key and KeyFile. Remove one.");
        }

        try
        {
            var key = Convert.FromBase64String((options.Key is { Length: > 0 } text ? text : ReadFile(options.KeyFile!)).Trim());
            if (key.Length >= KeyBytes)
            {
                return key;
            }
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The setting says enough, and the text of the error may hold what stands in the file.
        }

        throw new McpSecurityConfigurationException(
            $"McpSecurity:Confirmation:{(string.IsNullOrEmpty(options.Key) ? "KeyFile" : "Key")} is not a readable key. Give {KeyBytes} random bytes or more in base64.");
    }

    private static string ReadFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var content = new byte[MaxFileBytes + 1];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length > MaxFileBytes ? throw new IOException("The file is too long.") : Encoding.UTF8.GetString(content, 0, length);
    }
}
