using System.Text.Json;

namespace McpSecureGen.Validation.Json;

/// <summary>
/// Reads one argument strictly: exactly the JSON type that the schema promises, nothing coerced, nothing ignored.
/// </summary>
/// <remarks>
/// The SDK takes <c>"5"</c> for a number, <c>99</c> for an enum of three, <see langword="null"/> for a string that is never null, and overlooks
/// unknown and repeated members. Each is an error here (MCP 2026-07-28 server/tools: servers MUST validate all tool inputs; CVE-2026-27896).
/// </remarks>
/// <typeparam name="T">The type that the method's parameter has.</typeparam>
public abstract class ValueReader<T>
{
    /// <summary>Reads a value that is not JSON <c>null</c>.</summary>
    public abstract bool TryRead(JsonElement json, out T value, out RuleViolation violation);

    /// <summary>Reads text that came without a JSON type: a variable of a URI template, or a prompt argument, which the protocol sends as a string.</summary>
    public virtual bool TryReadText(string text, out T value, out RuleViolation violation)
    {
        value = default!;
        violation = new RuleViolation("Type", "cannot be given as text");
        return false;
    }

    /// <summary>The values a client may choose from, for completion; <see langword="null"/> where there is no such list.</summary>
    public virtual IReadOnlyList<string>? AllowedValues => null;

    /// <summary>Whether JSON <c>null</c> is a value of its own (only <see cref="Nullable{T}"/> and JSON types say yes).</summary>
    public virtual bool ReadsNull => false;
}
