using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Json;

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

        var limits = call.Gate.Security.Limits;
        long size = 0;
        foreach (var (name, value) in arguments)
        {
            if (value.ValueKind == JsonValueKind.Undefined)
            {
                continue;
            }

            var length = JsonMarshal.GetRawUtf8Value(value).Length;
            size += length;
            if (value.ValueKind == JsonValueKind.Number && length > limits.MaxNumberLength)
            {
                var violation = JsonStructure.LongNumber(limits);
                return new ArgumentViolation(Printable(name), violation.Rule, violation.Message);
            }
        }

        if (size > limits.MaxArgumentBytes)
        {
            return TooLarge(limits);
        }

        return HasDuplicates(call.RawArguments)
            ? new ArgumentViolation("arguments", "Duplicate", "must not hold the same name twice")
            : null;
    }

    /// <summary>The same of variables of a URI, which have no JSON.</summary>
    internal static ArgumentViolation? FindViolation(PrimitiveCall call, IReadOnlyDictionary<string, string> variables)
    {
        var limits = call.Gate.Security.Limits;
        return variables.Sum(static variable => (long)variable.Value.Length) > limits.MaxArgumentBytes ? TooLarge(limits) : null;
    }

    /// <summary>
    /// What no rule of an argument has found: looked for after the rules, because theirs says more. Names that no parameter has are refused already.
    /// </summary>
    internal static ArgumentViolation? FindNul(
        PrimitiveCall call, IDictionary<string, JsonElement>? arguments, IReadOnlyDictionary<string, string>? variables)
    {
        if (call.Gate.Security.Limits.AllowNul)
        {
            return null;
        }

        foreach (var (name, value) in arguments ?? ReadOnlyDictionary<string, JsonElement>.Empty)
        {
            if (NulCharacter.IsIn(value))
            {
                return new ArgumentViolation(Printable(name), NulCharacter.Violation.Rule, NulCharacter.Violation.Message);
            }
        }

        foreach (var (name, value) in variables ?? ReadOnlyDictionary<string, string>.Empty)
        {
            if (value.Contains('\0', StringComparison.Ordinal))
            {
                return new ArgumentViolation(Printable(name), NulCharacter.Violation.Rule, NulCharacter.Violation.Message);
            }
        }

        return null;
    }

    private static ArgumentViolation TooLarge(LimitOptions limits) =>
        new("arguments", "Size", $"must not be larger than {limits.MaxArgumentBytes} bytes together");

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
