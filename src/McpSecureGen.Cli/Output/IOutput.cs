using System.Text.Json.Nodes;
using Spectre.Console;

namespace McpSecureGen.Cli.Output;

/// <summary>How a command answers: in words and tables, or as one JSON document. Standard output carries the answer, standard error the rest.</summary>
internal interface IOutput
{
    /// <summary>Whether the answer is JSON.</summary>
    bool IsJson { get; }

    /// <summary>Something the user should know although the command goes on; also part of the JSON document.</summary>
    void Warn(string message);

    /// <summary>What is going on, to standard error.</summary>
    void Status(string message);

    /// <summary>The answer, once.</summary>
    /// <param name="document">The answer as JSON.</param>
    /// <param name="show">The same for people.</param>
    void Answer(JsonObject document, Action<IAnsiConsole> show);

    /// <summary>Why there is no answer.</summary>
    void Fail(int exitCode, string message);
}
