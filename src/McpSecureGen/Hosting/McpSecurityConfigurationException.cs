namespace McpSecureGen.Hosting;

/// <summary>
/// The security configuration is missing, contradictory or unsafe. It is thrown at start-up, so that a server never runs with a guess.
/// </summary>
/// <remarks>For the operator: each problem names the setting or attribute and the remedy. It never carries key material or a token.</remarks>
public sealed class McpSecurityConfigurationException : InvalidOperationException
{
    /// <summary>One problem.</summary>
    /// <param name="message">The setting or attribute at fault, and the remedy.</param>
    public McpSecurityConfigurationException(string message)
        : base(message)
    {
        Problems = [message];
    }

    /// <summary>All problems found, so that one start shows everything there is to mend.</summary>
    /// <param name="problems">One sentence or two each; at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="problems"/> is empty.</exception>
    public McpSecurityConfigurationException(IReadOnlyList<string> problems)
        : base(string.Join('\n', NotEmpty(problems)))
    {
        Problems = [.. problems];
    }

    /// <summary>The problems, in the order found. <see cref="Exception.Message"/> holds them one a line.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static IReadOnlyList<string> NotEmpty(IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return problems.Count > 0 ? problems : throw new ArgumentException("At least one problem is needed.", nameof(problems));
    }
}
