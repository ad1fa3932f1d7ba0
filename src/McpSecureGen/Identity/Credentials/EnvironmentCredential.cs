namespace McpSecureGen.Identity;

/// <summary>The token in the environment variable <c>MCP_ACCESS_TOKEN</c>. Only where ambient credentials count; set but empty is invalid.</summary>
public sealed class EnvironmentCredential : ICredentialSource
{
    /// <summary>The environment variable.</summary>
    public const string VariableName = "MCP_ACCESS_TOKEN";

    private readonly Func<string, string?> _environment;

    /// <summary>Reads the environment of this process.</summary>
    public EnvironmentCredential()
        : this(Environment.GetEnvironmentVariable)
    {
    }

    internal EnvironmentCredential(Func<string, string?> environment)
    {
        _environment = environment;
    }

    /// <inheritdoc/>
    public CredentialLookup Find(in CredentialRequest request) =>
        request.AmbientAllowed && _environment(VariableName) is { } token
            ? CredentialLookup.Of(token, CallerSource.Environment)
            : CredentialLookup.Absent;
}
