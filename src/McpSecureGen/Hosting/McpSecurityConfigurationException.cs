namespace McpSecureGen.Hosting;

/// <summary>
/// The configuration of the server is missing, contradictory or unsafe: it does not start. The text is for the operator; it names each setting.
/// </summary>
public sealed class McpSecurityConfigurationException : InvalidOperationException
{
    /// <summary>One problem.</summary>
    /// <param name="message">What is wrong, with the setting's name and the remedy.</param>
    public McpSecurityConfigurationException(string message)
        : base(message) => Problems = [message];

    /// <summary>All problems found, one a line of the message.</summary>
    /// <param name="problems">What is wrong, each with the setting's name and the remedy.</param>
    public McpSecurityConfigurationException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>The problems, in the order they were found.</summary>
    public IReadOnlyList<string> Problems { get; }
}
