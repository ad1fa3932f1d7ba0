using System.Text;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Keys;

/// <summary>A file with public keys.</summary>
internal static class PublicSetFile
{
    /// <summary>Whether the file is a key set that a server would take and that holds no secret.</summary>
    public static bool IsOne(string path)
    {
        var file = new FileInfo(path);
        if (file.Length > KeyStore.MaxBytes)
        {
            return false;
        }

        var json = File.ReadAllText(path, Encoding.UTF8);
        return VerificationKeySet.TryParse(json, out _) is not null && !json.Contains("\"oct\"", StringComparison.Ordinal);
    }
}
