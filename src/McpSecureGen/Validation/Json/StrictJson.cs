using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;

namespace McpSecureGen.Validation.Json;

/// <summary>Turns the serializer options of a primitive into strict ones with the same names, converters and contracts.</summary>
internal static class StrictJson
{
    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Shared = [];

    /// <summary>How a string is written; the one contract that is the same under all options.</summary>
    internal static JsonTypeInfo<string> Text { get; } = (JsonTypeInfo<string>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(string));

    /// <summary>The strict twin of <paramref name="source"/>; one per source, because each set of options keeps its own contract cache.</summary>
    internal static JsonSerializerOptions For(JsonSerializerOptions source) => Shared.GetValue(source, static s => Derive(s, []));

    /// <summary>A strict twin whose members of enum type are read by the given converters.</summary>
    internal static JsonSerializerOptions Derive(JsonSerializerOptions source, IReadOnlyList<JsonConverter> converters)
    {
        var strict = new JsonSerializerOptions(source)
        {
            PropertyNameCaseInsensitive = false,
            AllowDuplicateProperties = false,
            AllowTrailingCommas = false,
            ReadCommentHandling = JsonCommentHandling.Disallow,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,

            // A field that only the options include has no rule; one with [JsonInclude] has.
            IncludeFields = false,

            // References would let a client build a graph that holds itself, and rules walk the graph.
            ReferenceHandler = null,

            // The members of a JSON object have no order, and the schema asks for none.
            AllowOutOfOrderMetadataProperties = true,

            // What was null is written as null: left out, it would be read as the member's default.
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        };

        strict.TypeInfoResolver = strict.TypeInfoResolver?.WithAddedModifier(Tighten);
        for (var i = 0; i < converters.Count; i++)
        {
            strict.Converters.Insert(i, converters[i]);
        }

        strict.MakeReadOnly();
        return strict;
    }

    /// <summary>
    /// A member that nobody can set (ignored, or computed) is known to the serializer, which reads past it. For the client it is unknown. What attributes
    /// of the type loosen is tightened again, but for numbers as text, which the schema then says.
    /// </summary>
    private static void Tighten(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        if (type.UnmappedMemberHandling is not null)
        {
            // An attribute of the type must not open it again.
            type.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        }

        type.NumberHandling &= ~JsonNumberHandling.AllowNamedFloatingPointLiterals;

        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var member = type.Properties[i];
            member.NumberHandling &= ~JsonNumberHandling.AllowNamedFloatingPointLiterals;
            var isPopulated = (member.ObjectCreationHandling ?? type.PreferredPropertyObjectCreationHandling ?? type.Options.PreferredObjectCreationHandling)
                == JsonObjectCreationHandling.Populate;
            if (member is { Set: null, AssociatedParameter: null, IsExtensionData: false } && !isPopulated)
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
