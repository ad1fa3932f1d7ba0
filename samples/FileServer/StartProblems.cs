using McpSecureGen.Hosting;
using Microsoft.Extensions.Options;

namespace FileServer;

/// <summary>What an operator can mend, out of an error at start-up.</summary>
internal static class StartProblems
{
    /// <summary>One sentence or two each; empty for an error that no setting explains.</summary>
    public static IReadOnlyList<string> Of(Exception error) =>
    [
        .. (error switch
        {
            AggregateException several => several.Flatten().InnerExceptions.SelectMany(Of),
            McpSecurityConfigurationException settings => settings.Problems,
            OptionsValidationException options => options.Failures,
            _ => error.InnerException is { } inner ? Of(inner) : [],
        }).Distinct(StringComparer.Ordinal),
    ];
}
