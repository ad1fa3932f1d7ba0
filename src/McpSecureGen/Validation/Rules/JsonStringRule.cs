using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpSecureGen.Invocation;
using McpSecureGen.Validation.Json;
using Microsoft.Extensions.AI;

namespace McpSecureGen.Validation.Rules;

/// <summary>
/// The rule of <see cref="JsonStringAttribute"/>. The text is parsed once, under the same strict rules as an argument of type <typeparamref name="T"/>, and
/// what was checked is written anew: whoever parses the text again reads what was checked, whatever its parser does with repeated members, and paths in it
/// are canonical.
/// </summary>
internal sealed class JsonStringRule<T> : IValueRule<string>, ICanonicalRule, ILengthBound, ISchemaRule
{
    private readonly ValueReader<T> _reader;
    private readonly Member<T> _value;
    private readonly Action<PrimitiveCall, T>? _conceal;
    private readonly LimitOptions _limits;
    private readonly JsonSerializerOptions _options;
    private readonly JsonTypeInfo<T> _writer;
    private readonly JsonDocumentOptions _parsing;

    internal JsonStringRule(
        JsonStringAttribute attribute, ValueReader<T> reader, Member<T> value, Action<PrimitiveCall, T>? conceal, LimitOptions limits, JsonSerializerOptions options)
    {
        if (attribute.MaxLength < 1)
        {
            throw new ArgumentException("[JsonString]: MaxLength must be at least 1.", nameof(attribute));
        }

        (_reader, _value, _conceal, _limits, _options) = (reader, value, conceal, limits, options);
        MaxLength = attribute.MaxLength;
        _writer = (JsonTypeInfo<T>)StrictJson.For(options).GetTypeInfo(typeof(T));
        _parsing = new JsonDocumentOptions { MaxDepth = limits.MaxDepth, AllowDuplicateProperties = false };
    }

    public int MaxLength { get; }

    /// <summary>An empty default says that there is none.</summary>
    bool ICanonicalRule.AppliesToEmptyDefault => false;

    public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
    {
        if (value.Length > MaxLength)
        {
            violation = new RuleViolation("MaxLength", $"must not be longer than {MaxLength} characters");
            return false;
        }

        if (!Json.StringReader.IsWellFormed(value))
        {
            violation = new RuleViolation("Text", "must be well-formed Unicode text");
            return false;
        }

        T inner;
        try
        {
            using var document = JsonDocument.Parse(value, _parsing);
            var root = document.RootElement;
            if (!_limits.AllowNul && NulCharacter.IsIn(root))
            {
                violation = NulCharacter.Violation;
                return false;
            }

            if (root.ValueKind == JsonValueKind.Null && !_reader.ReadsNull)
            {
                violation = new RuleViolation("NotNull", "must not be null");
                return false;
            }

            if (!_reader.TryRead(root, out inner, out violation) || !_value.TryApply(ref inner, "", scope, out violation))
            {
                return false;
            }

            if (_conceal is not null && scope.Call is { } call)
            {
                _conceal(call, inner);
            }

            // Inside the document's life: JsonElement as T is a view of it.
            value = JsonSerializer.Serialize(inner, _writer);
        }
        catch (JsonException)
        {
            violation = new RuleViolation(
                "JsonString", $"must be one JSON value: no comment, no trailing text, no repeated member, and at most {_limits.MaxDepth} levels deep");
            return false;
        }

        violation = default;
        return true;
    }

    public void Describe(SchemaNode schema)
    {
        // What the SDK made of the other attributes is about the value inside, and it stands on the text.
        foreach (var keyword in (string[])["minLength", "pattern", "format", "enum", "not", "contentEncoding", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
        {
            schema.Json.Remove(keyword);
        }

        schema.Json["maxLength"] = MaxLength;
        schema.Json["contentMediaType"] = "application/json";
        if (JsonNode.Parse(AIJsonUtilities.CreateJsonSchema(typeof(T), serializerOptions: _options).GetRawText()) is not JsonObject content)
        {
            return;
        }

        content.Remove("$schema");
        _value.Describe(new SchemaNode(content, new SchemaDocument(content)));
        SchemaDocument.Close(content);
        schema.Json["contentSchema"] = content;
        SchemaDocument.Rebase(content, SchemaDocument.PointerOf(content));
    }
}
