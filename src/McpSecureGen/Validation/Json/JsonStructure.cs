using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpSecureGen.Validation.Json;

/// <summary>What the serializer does not say of a JSON value: how deep it is, and whether a member stands in it twice.</summary>
internal static class JsonStructure
{
    /// <param name="json">The value.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="isFreeForm">Whether the parameter takes any JSON, so that no rule of a type bounds the text and the arrays in it.</param>
    internal static RuleViolation? FindViolation(JsonElement json, LimitOptions limits, bool isFreeForm) => Find(json, limits.MaxDepth, limits, isFreeForm);

    internal static RuleViolation LongNumber(LimitOptions limits) =>
        new("MaxLength", $"must not hold a number of more than {limits.MaxNumberLength} characters");

    private static RuleViolation? Find(JsonElement json, int depthLeft, LimitOptions limits, bool isFreeForm)
    {
        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            if (isFreeForm && json.ValueKind == JsonValueKind.String)
            {
                return !Readers.String.TryRead(json, out var text, out var malformed) ? malformed
                    : text.Length > limits.MaxStringLength ? new RuleViolation("MaxLength", $"must not hold text longer than {limits.MaxStringLength} characters")
                    : null;
            }

            return json.ValueKind != JsonValueKind.Number ? null
                : JsonMarshal.GetRawUtf8Value(json).Length > limits.MaxNumberLength ? LongNumber(limits)
                : json.TryGetDouble(out var number) && !double.IsFinite(number) ? new RuleViolation("Finite", "must hold finite numbers only")
                : null;
        }

        if (depthLeft <= 0)
        {
            return new RuleViolation("Depth", $"must not be nested deeper than {limits.MaxDepth} levels");
        }

        if (json.ValueKind == JsonValueKind.Array)
        {
            if (isFreeForm && json.GetArrayLength() > limits.MaxItems)
            {
                return new RuleViolation("MaxLength", $"must not hold an array of more than {limits.MaxItems} elements");
            }

            foreach (var item in json.EnumerateArray())
            {
                if (Find(item, depthLeft - 1, limits, isFreeForm) is { } inItem)
                {
                    return inItem;
                }
            }

            return null;
        }

        HashSet<string>? names = null;
        foreach (var member in json.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                return new RuleViolation("Text", "must be well-formed Unicode text");
            }

            if (isFreeForm && (names?.Count >= limits.MaxItems || name.Length > limits.MaxStringLength))
            {
                return new RuleViolation(
                    "MaxLength", $"must not hold an object of more than {limits.MaxItems} members, nor a name longer than {limits.MaxStringLength} characters");
            }

            if (!(names ??= new HashSet<string>(StringComparer.Ordinal)).Add(name))
            {
                return new RuleViolation("Duplicate", "must not hold the same member twice");
            }

            if (Find(member.Value, depthLeft - 1, limits, isFreeForm) is { } inMember)
            {
                return inMember;
            }
        }

        return null;
    }
}
