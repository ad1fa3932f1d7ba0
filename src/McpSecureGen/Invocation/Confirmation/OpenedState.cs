namespace McpSecureGen.Invocation;

/// <summary>A state that was found good.</summary>
/// <param name="Nonce">What makes it one of its kind.</param>
/// <param name="Expires">Until when it is good.</param>
/// <param name="Content">What it carries.</param>
internal sealed record OpenedState(string Nonce, DateTimeOffset Expires, string? Content);
