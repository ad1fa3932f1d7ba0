using System.Text;
using McpSecureGen.Cli.Keys;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tokens;

/// <summary>The file that a client or a stdio server (<c>MCP_ACCESS_TOKEN_FILE</c>) takes its token from.</summary>
internal static class TokenFile
{
    /// <summary>Writes the token in one step, for the owner only.</summary>
    /// <exception cref="CliException">There is a file of this name that holds something else.</exception>
    public static void Write(string path, IssuedToken token)
    {
        var target = new FileInfo(path);
        if (target.Exists && !HoldsTokenOrNothing(target))
        {
            throw CliException.File($"{path} is there and is not a token. It is not overwritten; choose another file.");
        }

        OwnerOnlyFile.Replace(path, Encoding.ASCII.GetBytes(token.Text));
    }

    /// <summary>Removes the file if it still holds this token.</summary>
    public static bool TryRemove(string path, IssuedToken token)
    {
        try
        {
            if (!string.Equals(File.ReadAllText(path, Encoding.UTF8), token.Text, StringComparison.Ordinal))
            {
                return false;
            }

            File.Delete(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>So that a slip of the hand (<c>--out keys/signing-keys.json</c>) costs no file but a token.</summary>
    private static bool HoldsTokenOrNothing(FileInfo file) => file.Length switch
    {
        0 => true,
        > CompactToken.MaxLength + 2 => false,
        _ => CompactToken.TryRead(File.ReadAllText(file.FullName, Encoding.UTF8).TrimEnd()) is not null,
    };
}
