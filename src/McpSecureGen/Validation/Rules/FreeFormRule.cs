using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Validation.Json;

namespace McpSecureGen.Validation.Rules;

/// <summary>The default bounds inside a member that takes any JSON, where no rule of a type bounds the texts, arrays and objects.</summary>
internal sealed class FreeFormRule<T>(LimitOptions limits) : IValueRule<T>
{
    public bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation)
    {
        JsonElement? json = value switch
        {
            JsonElement element => element,
            JsonDocument document => document.RootElement,
            JsonNode node => JsonElement.Parse(node.ToJsonString()),
            _ => null,
        };
        var found = json is { } given ? JsonStructure.FindViolation(given, limits, isFreeForm: true) : null;
        violation = found ?? default;
        return found is null;
    }
}
