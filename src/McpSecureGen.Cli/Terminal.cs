using System.Text;

namespace McpSecureGen.Cli;

/// <summary>The surroundings of one run: streams, whether people look at them, and the clock. Tests give their own.</summary>
internal sealed class Terminal
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required Stream In { get; init; }

    /// <summary>Whether standard output is shown to someone rather than redirected.</summary>
    public bool IsOutShown { get; init; }

    /// <summary>Whether standard input is a keyboard.</summary>
    public bool IsInTyped { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Those of this process.</summary>
    public static Terminal OfProcess()
    {
#pragma warning disable RS0030 // The ban is for servers, whose standard output is the protocol. A command line talks through it.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new()
        {
            Out = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true },
            Error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true },
            In = Console.OpenStandardInput(),
            IsOutShown = !Console.IsOutputRedirected,
            IsInTyped = !Console.IsInputRedirected,
        };
#pragma warning restore RS0030
    }
}
