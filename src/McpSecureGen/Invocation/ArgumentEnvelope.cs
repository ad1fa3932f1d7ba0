using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Validation;

namespace McpSecureGen.Invocation;

/// <summary>What is checked of the arguments of a call as a whole, before any of them is read.</summary>
internal static class ArgumentEnvelope
{
    internal static ArgumentViolation? FindViolation(PrimitiveCall call, IDictionary<string, JsonElement>? arguments)
    {
        if (arguments is null || arguments.Count == 0)
        {
            return null;
        }

        long size = 0;
        foreach (var (_, value) in arguments)
        {
            if (value.ValueKind != JsonValueKind.Undefined)
            {
                size += JsonMarshal.GetRawUtf8Value(value).Length;
            }
        }

        var limit = call.Gate.Security.Limits.MaxArgumentBytes;
        if (size > limit)
        {
            return new ArgumentViolation("arguments", "Size", $"must not be larger than {limit} bytes together");
        }

        return HasDuplicates(call.RawArguments)
            ? new ArgumentViolation("arguments", "Duplicate", "must not hold the same name twice")
            : null;
    }

    /// <summary>
    /// Whether a name stands twice in the arguments as they were sent. The SDK's dictionary has kept the last one only, and an intermediary that
    /// kept the first has seen another call (CVE-2026-27896). The node still holds both, and says so when its members are looked at.
    /// </summary>
    private static bool HasDuplicates(JsonNode? raw)
    {
        if (raw is not JsonObject members)
        {
            return false;
        }

        try
        {
            return members.Count < 0;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The SDK's nodes take names that differ in case for the same; the parameters of a method may differ in case alone.
            return HasExactDuplicates(members);
        }
    }

    private static bool HasExactDuplicates(JsonObject members)
    {
        try
        {
            using var document = JsonDocument.Parse(members.ToJsonString(), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return false;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>An unknown name is the sender's text: it is repeated only when it looks like a name.</summary>
    internal static string Printable(string name) =>
        name.Length is > 0 and <= 64 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? name : "(unprintable name)";
}
