using ModelContextProtocol;

namespace McpSecureGen.Hosting.Envelope;

/// <summary>Why bytes are no message.</summary>
/// <param name="Code">The JSON-RPC error code.</param>
/// <param name="Rule">The rule, for the record.</param>
/// <param name="Message">For the client; nothing of its own text.</param>
internal sealed record EnvelopeFault(McpErrorCode Code, string Rule, string Message)
{
    internal static EnvelopeFault NotJson { get; } = new(McpErrorCode.ParseError, "Json", "The message is not JSON in UTF-8.");

    internal static EnvelopeFault TooDeep { get; } = Invalid("Depth", $"The message is nested deeper than {RpcEnvelope.MaxDepth} levels.");

    internal static EnvelopeFault Text { get; } = new(McpErrorCode.InvalidParams, "Text", "The message holds text that is not well-formed Unicode.");

    internal static EnvelopeFault Duplicate { get; } = Invalid("Duplicate", "The message holds the same member twice.");

    internal static EnvelopeFault Case { get; } = Invalid("Case", "The message holds a member whose name differs from another, or from one of the protocol, by case alone.");

    internal static EnvelopeFault Invalid(string rule, string message) => new(McpErrorCode.InvalidRequest, rule, message);

    internal static EnvelopeFault Parameters(string message) => new(McpErrorCode.InvalidParams, "Params", message);
}
