namespace McpSecureGen.Identity;

/// <summary>
/// The token in the file that the environment variable <c>MCP_ACCESS_TOKEN_FILE</c> names. It is read again when it changes, so that a launcher can rotate
/// short-lived tokens under a running server, and withdraw one by deleting the file.
/// </summary>
/// <remarks>Only where ambient credentials count. Unreadable, empty or larger than 8 KiB is invalid. White space at the end is dropped.</remarks>
public sealed class TokenFileCredential : ICredentialSource
{
    /// <summary>The environment variable that names the file.</summary>
    public const string VariableName = "MCP_ACCESS_TOKEN_FILE";

    private readonly Func<string, string?> _environment;
    private (string Path, WatchedTextFile File)? _watched;
    private readonly Lock _watching = new();

    /// <summary>Reads the environment of this process.</summary>
    public TokenFileCredential()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    internal TokenFileCredential(Func<string, string?> environment)
    {
        _environment = environment;
    }

    /// <inheritdoc/>
    public CredentialLookup Find(in CredentialRequest request)
    {
        if (!request.AmbientAllowed || _environment(VariableName) is not { } path)
        {
            return CredentialLookup.Absent;
        }

        try
        {
            return CredentialLookup.Of(Watch(path).Read().TrimEnd(), CallerSource.TokenFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CredentialLookup.Invalid(CallerSource.TokenFile);
        }
    }

    private WatchedTextFile Watch(string path)
    {
        lock (_watching)
        {
            if (_watched is not { } watched || !string.Equals(watched.Path, path, StringComparison.Ordinal))
            {
                _watched = watched = (path, new(path, CompactToken.MaxLength));
            }

            return watched.File;
        }
    }
}
