using System.Text.Json;

namespace McpSecureGen.Hosting.Envelope;

/// <summary>What one JSON-RPC message says of itself, or why it is none.</summary>
/// <param name="Problem">Null for a message that every reader reads alike.</param>
/// <param name="Id">The id; undefined for a notification, and where none can be read.</param>
/// <param name="Method">The method; null for a response.</param>
/// <param name="Name">What the method is about: <c>params.name</c>, else <c>params.uri</c>.</param>
/// <param name="Params">The parameters; undefined when there are none.</param>
internal readonly record struct EnvelopeReading(EnvelopeProblem? Problem, JsonElement Id, string? Method, string? Name, JsonElement Params)
{
    /// <summary>Whether an answer is owed.</summary>
    internal bool HasId => Id.ValueKind is JsonValueKind.String or JsonValueKind.Number;
}

/// <summary>Why a message is refused.</summary>
/// <param name="Code">The JSON-RPC error: -32700, -32600 or -32602.</param>
/// <param name="Text">For the one who wrote the client. It repeats nothing of the message.</param>
internal sealed record EnvelopeProblem(int Code, string Text);
