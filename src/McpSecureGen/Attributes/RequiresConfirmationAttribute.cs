namespace McpSecureGen;

/// <summary>Runs a tool only after the person at the client has agreed to this very call (MCP elicitation).</summary>
/// <remarks>
/// <para>A client that cannot ask its user is refused. What the client carries between the question and the answer is authenticated, expires after five
/// minutes, works once, and holds for the same caller, tool and arguments only (MCP specification 2026-07-28, multi round-trip requests).</para>
/// <para>For tools; on a class it holds for every tool of the class, and one on the method replaces its message. On a prompt or resource it stops the
/// server. The client shows the question: this protects from a model that was talked into a call, not from a client that lies.</para>
/// </remarks>
/// <param name="message">What the person is asked; not empty. The tool's name is put before it, and no argument is.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, Inherited = true)]
public sealed class RequiresConfirmationAttribute(string message) : Attribute
{
    /// <summary>What the person is asked.</summary>
    public string Message { get; } = message;
}
