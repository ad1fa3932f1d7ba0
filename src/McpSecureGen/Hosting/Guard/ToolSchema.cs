using System.Text.Json;
using System.Text.Json.Nodes;
using McpSecureGen.Invocation;
using McpSecureGen.Validation;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Hosting.Guard;

/// <summary>Compares the SDK's schema with what the wrapper binds, and writes into it what the wrapper enforces.</summary>
internal static class ToolSchema
{
    internal static void CrossCheck(Tool tool, IReadOnlyList<IArgument> arguments, string subject) =>
        CrossCheck([.. Properties(tool.InputSchema)], arguments, subject);

    /// <summary>
    /// The compiler's answer to "client input or service" decides; the SDK asks the container at start-up, and silently takes an unregistered
    /// service from the client. Where the two differ the server does not start.
    /// </summary>
    internal static void CrossCheck(IReadOnlyList<string> schema, IReadOnlyList<IArgument> arguments, string subject)
    {
        List<string> problems = [];
        foreach (var name in schema.Where(name => !arguments.Any(argument => argument.Name == name)))
        {
            problems.Add($"- {subject}: the SDK would take parameter '{name}' from the client, but its type is a service. Register the type as a service.");
        }

        foreach (var argument in arguments.Where(argument => !schema.Contains(argument.Name)))
        {
            if (argument.MayBeService)
            {
                argument.IsService = true;
                continue;
            }

            problems.Add(
                $"- {subject}: parameter '{argument.Name}' is client input, but the SDK would take it from the services. " +
                "Use an array or List<T> instead of IEnumerable<T>, or do not register the parameter's type as a service.");
        }

        if (problems.Count > 0)
        {
            throw new McpSecurityConfigurationException(problems);
        }
    }

    /// <summary>Tightens the SDK's own object in place, once: others hold references to it and add to it.</summary>
    internal static void Tighten(Tool tool, IReadOnlyList<IArgument> arguments)
    {
        if (tool.InputSchema.TryGetProperty("additionalProperties", out _) || JsonNode.Parse(tool.InputSchema.GetRawText()) is not JsonObject schema)
        {
            return;
        }

        schema["additionalProperties"] = false;
        if (schema["properties"] is JsonObject properties)
        {
            var document = new SchemaDocument(schema);
            foreach (var argument in arguments)
            {
                if (document.Resolve(properties, argument.Name) is { } property)
                {
                    argument.Describe(new SchemaNode(property, document));
                }
            }

            foreach (var (_, property) in properties)
            {
                SchemaDocument.Close(property);
            }

            document.Settle();
        }

        foreach (var (_, definition) in schema["$defs"] as JsonObject ?? [])
        {
            SchemaDocument.Close(definition);
        }

        tool.InputSchema = JsonElement.Parse(schema.ToJsonString());
    }

    private static IEnumerable<string> Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(static p => p.Name) : [];
}
