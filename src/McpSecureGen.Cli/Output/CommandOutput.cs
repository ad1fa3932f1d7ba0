namespace McpSecureGen.Cli.Output;

/// <summary>Chooses the form of the answer.</summary>
internal static class CommandOutput
{
    public static IOutput For(Terminal terminal, bool asJson) => asJson ? new JsonOutput(terminal) : new HumanOutput(terminal);
}
