using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Validation.Rules;

namespace McpSecureGen.Validation;

/// <summary>
/// The place of one value in the JSON schema of a tool, while rules write into it. What the SDK has written there stays; only what is missing is added.
/// </summary>
public sealed class SchemaNode
{
    private static readonly string[] Alternatives = ["anyOf", "oneOf"];

    private readonly JsonObject _node;
    private readonly SchemaDocument _document;

    internal SchemaNode(JsonObject node, SchemaDocument document) => (_node, _document) = (node, document);

    internal JsonObject Json => _node;

    /// <summary>A member of the object, by the name the client knows.</summary>
    public void Member<T>(string name, Member<T> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        foreach (var form in Forms())
        {
            if (form["properties"] is JsonObject properties && _document.Resolve(properties, name) is { } node)
            {
                member.Describe(new SchemaNode(node, _document));
            }
        }
    }

    /// <summary>A derived type that may stand here, told by its discriminator.</summary>
    public void Derived(object? discriminator, ISchemaRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var wanted = discriminator switch
        {
            string text => JsonValue.Create(text),
            int number => JsonValue.Create(number),
            _ => null,
        };
        if (wanted is null)
        {
            return;
        }

        foreach (var form in Forms())
        {
            if (form["properties"] is JsonObject properties &&
                properties.Any(member => member.Value is JsonObject schema && schema["const"] is { } constant && JsonNode.DeepEquals(constant, wanted)))
            {
                new SchemaNode(form, _document).Apply(rule);
            }
        }
    }

    /// <summary>The object keeps members that its type does not name.</summary>
    public void Open()
    {
        foreach (var form in Forms())
        {
            form.TryAdd("additionalProperties", true);
        }
    }

    /// <summary>Lets the rules of a value describe it.</summary>
    internal void Describe<T>(IReadOnlyList<IValueRule<T>> rules, bool acceptsNull)
    {
        if (typeof(T) == typeof(ConfinedPath) || typeof(T) == typeof(ConfinedUrl))
        {
            // A type with a converter of its own is anything to the SDK.
            _node["type"] = acceptsNull ? new JsonArray("string", "null") : "string";
        }

        if (!acceptsNull)
        {
            RemoveNull();
        }

        foreach (var rule in rules)
        {
            Apply(rule);
        }
    }

    /// <summary>A list of choices that names null.</summary>
    internal void AllowNull()
    {
        if (IsA("null") && _node["enum"] is JsonArray choices && !choices.Contains(null))
        {
            choices.Add(null);
        }
    }

    /// <summary>The SDK says that members may be null where the validator says no, as inside a parameter that may be.</summary>
    private void RemoveNull()
    {
        if (_node["type"] is not JsonArray types || types.Count < 2)
        {
            return;
        }

        for (var i = types.Count - 1; i >= 0; i--)
        {
            if (types[i] is JsonValue value && value.TryGetValue<string>(out var name) && name == "null")
            {
                types.RemoveAt(i);
            }
        }

        if (types is [{ } only])
        {
            _node["type"] = only.DeepClone();
        }

        if (_node["enum"] is JsonArray choices)
        {
            choices.Remove(null);
        }
    }

    internal void Apply(object rule)
    {
        if (!_document.Enter(_node, rule))
        {
            return;
        }

        if (rule is ILengthBound bound)
        {
            MaxLength(bound.MaxLength);
        }

        (rule as ISchemaRule)?.Describe(this);
    }

    internal void MaxLength(int length)
    {
        if (IsA("string") && !_node.ContainsKey("enum"))
        {
            _node.TryAdd("maxLength", length);
        }
    }

    /// <summary>
    /// A bound of a number. The SDK leaves an exclusive minimum out, and prints bounds of other types as text, which is no bound in a schema: of these, numbers
    /// become numbers and all others go.
    /// </summary>
    internal void Bound<T>(string end, bool isExclusive, T bound)
    {
        var (keyword, other) = isExclusive ? ("exclusiveM" + end, "m" + end) : ("m" + end, "exclusiveM" + end);
        if (_node[keyword] is { } printed && printed.GetValueKind() == JsonValueKind.Number)
        {
            return;
        }

        _node.Remove(keyword);
        if (!_node.ContainsKey(other) && (IsA("integer") || IsA("number")) &&
            JsonNode.Parse(Convert.ToString(bound, CultureInfo.InvariantCulture) is { } text && double.TryParse(text, CultureInfo.InvariantCulture, out var number) &&
                double.IsFinite(number) ? text : "null") is { } written)
        {
            _node[keyword] = written;
        }
    }

    /// <summary>The number of elements or members.</summary>
    internal void Count(int? min, int? max)
    {
        var kind = IsA("array") ? "Items" : IsA("object") ? "Properties" : null;
        if (kind is null)
        {
            return;
        }

        if (min is > 0)
        {
            _node.TryAdd("min" + kind, min.Value);
        }

        if (max is < int.MaxValue)
        {
            _node.TryAdd("max" + kind, max.Value);
        }
    }

    /// <summary>The names of an object used as a dictionary.</summary>
    internal void Names(Member<string> name)
    {
        if (IsA("object") && _node["propertyNames"] is null)
        {
            var names = new JsonObject { ["type"] = "string" };
            name.Describe(new SchemaNode(names, _document));
            names.Remove("type");
            if (names.Count > 0)
            {
                _node["propertyNames"] = names;
            }
        }
    }

    /// <summary>The elements of an array, or the values of an object used as a dictionary.</summary>
    internal SchemaNode? Inner(string keyword) => _document.Resolve(_node, keyword) is { } node ? new SchemaNode(node, _document) : null;

    internal bool IsA(string type) => _node["type"] switch
    {
        JsonValue value => value.TryGetValue<string>(out var name) && name == type,
        JsonArray types => types.Any(item => item is JsonValue value && value.TryGetValue<string>(out var name) && name == type),
        _ => false,
    };

    /// <summary>The node itself, and the forms it may take.</summary>
    private IEnumerable<JsonObject> Forms()
    {
        yield return _node;
        foreach (var keyword in Alternatives)
        {
            if (_node[keyword] is not JsonArray forms)
            {
                continue;
            }

            for (var i = 0; i < forms.Count; i++)
            {
                if (forms[i] is JsonObject form)
                {
                    yield return _document.Follow(form) ?? form;
                }
            }
        }
    }
}
