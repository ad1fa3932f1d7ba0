using System.Text;
using McpSecureGen.Cli.Output;
using McpSecureGen.Identity;

namespace McpSecureGen.Cli.Tokens;

/// <summary>Takes a token from a file or from standard input; never from an argument.</summary>
internal static class TokenInput
{
    /// <summary>Room for what servers would call too long, so that the verdict is theirs.</summary>
    private const int MaxBytes = 8 * CompactToken.MaxLength;

    /// <summary>The token without white space around it.</summary>
    /// <param name="path">The file; null for standard input.</param>
    /// <param name="terminal">Where standard input is.</param>
    /// <param name="cancellationToken">Stops waiting for input.</param>
    /// <exception cref="CliException">There is none.</exception>
    public static async Task<string> ReadAsync(string? path, Terminal terminal, CancellationToken cancellationToken)
    {
        if (path is null && terminal.IsInTyped)
        {
            throw CliException.Usage("No token was given. Name a file with --file, or send the token through standard input: mcpsec token inspect < FILE");
        }

        if (path is not null && !File.Exists(path))
        {
            throw CliException.File($"{Printable.Of(path)} is not there. Name the file that holds the token.");
        }

        await using var input = path is null ? terminal.In : File.OpenRead(path);
        var buffer = new byte[MaxBytes + 1];
        var length = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length > MaxBytes)
        {
            throw CliException.File($"The input is larger than {MaxBytes} bytes. That is no token.");
        }

        var token = Encoding.UTF8.GetString(buffer, 0, length).Trim();
        return token.Length > 0 ? token : throw CliException.File("The input is empty. Give a token.");
    }
}
