using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpSecureGen.Validation;

/// <summary>A JSON schema as a whole: local references, and which rule has written where, because types may hold each other.</summary>
internal sealed class SchemaDocument(JsonObject root)
{
    private const int MaxHops = 8;
    private readonly HashSet<(JsonObject Node, object Rule)> _entered = [];
    private readonly List<(JsonObject Holder, string Key)> _written = [];

    /// <summary>Whether the rule has not been here yet.</summary>
    internal bool Enter(JsonObject node, object rule) => _entered.Add((node, rule));

    /// <summary>The schema under a key, with <c>true</c> written out and local references followed; <see langword="null"/> when there is none.</summary>
    internal JsonObject? Resolve(JsonObject holder, string key)
    {
        switch (holder[key])
        {
            case JsonObject node:
                return Follow(node);
            case JsonValue value when value.GetValueKind() == JsonValueKind.True:
                var written = new JsonObject();
                holder[key] = written;
                _written.Add((holder, key));
                return written;
            default:
                return null;
        }
    }

    /// <summary>A schema that was written out and to which nothing was added is <c>true</c> again.</summary>
    internal void Settle()
    {
        foreach (var (holder, key) in _written)
        {
            if (holder[key] is JsonObject { Count: 0 })
            {
                holder[key] = true;
            }
        }
    }

    /// <summary>A reference to another document is never fetched (MCP: network <c>$ref</c>); it resolves to nothing.</summary>
    internal JsonObject? Follow(JsonObject node)
    {
        for (var hop = 0; hop < MaxHops; hop++)
        {
            if (node["$ref"] is not JsonValue value || !value.TryGetValue<string>(out var reference))
            {
                return node;
            }

            if (!reference.StartsWith('#') || Find(reference[1..]) is not { } target)
            {
                return null;
            }

            node = target;
        }

        return null;
    }

    /// <summary>
    /// Closes every object that lists its members: the reader refuses any other. Forms that add members to those of the node around them stay as they are.
    /// </summary>
    internal static void Close(JsonNode? schema)
    {
        switch (schema)
        {
            case JsonArray forms:
                foreach (var form in forms)
                {
                    Close(form);
                }

                break;
            case JsonObject node:
                if (node["properties"] is JsonObject members)
                {
                    foreach (var (_, member) in members.ToArray())
                    {
                        Close(member);
                    }

                    if (!node.ContainsKey("anyOf") && !node.ContainsKey("oneOf") && !node.ContainsKey("allOf"))
                    {
                        node.TryAdd("additionalProperties", false);
                    }
                }

                foreach (var keyword in (string[])["items", "additionalProperties", "anyOf", "oneOf", "allOf"])
                {
                    Close(node[keyword]);
                }

                foreach (var keyword in (string[])["$defs", "definitions"])
                {
                    foreach (var (_, definition) in node[keyword] as JsonObject ?? [])
                    {
                        Close(definition);
                    }
                }

                break;
        }
    }

    /// <summary>References of a schema that was made on its own and now stands inside another.</summary>
    internal static void Rebase(JsonNode? schema, string pointer)
    {
        switch (schema)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Rebase(item, pointer);
                }

                break;
            case JsonObject node:
                if (node["$ref"] is JsonValue value && value.TryGetValue<string>(out var reference) && reference.StartsWith('#'))
                {
                    node["$ref"] = "#" + pointer + reference[1..];
                }

                foreach (var (_, inner) in node)
                {
                    Rebase(inner, pointer);
                }

                break;
        }
    }

    /// <summary>Where a node stands in its document (RFC 6901).</summary>
    internal static string PointerOf(JsonNode node)
    {
        var pointer = "";
        for (; node.Parent is { } parent; node = parent)
        {
            var step = parent is JsonArray items ? items.IndexOf(node).ToString(System.Globalization.CultureInfo.InvariantCulture) : node.GetPropertyName();
            pointer = "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal) + pointer;
        }

        return pointer;
    }

    private JsonObject? Find(string pointer)
    {
        JsonNode? node = root;
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var key = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject members => members[key],
                JsonArray items when int.TryParse(key, out var index) && index >= 0 && index < items.Count => items[index],
                _ => null,
            };
        }

        return node as JsonObject;
    }
}
