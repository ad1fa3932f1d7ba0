using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace McpSecureGen.Validation.Output;

/// <summary>
/// Serializer options for results: members marked <see cref="SensitiveAttribute"/> are written as a placeholder and never read, wherever in a result they
/// stand. By the serializer's contract, so that it holds for text and structured content alike; worked out once for each type.
/// </summary>
internal sealed class SensitiveContract
{
    private static readonly ConditionalWeakTable<JsonSerializerOptions, SensitiveContract> Made = [];

    private readonly ConcurrentDictionary<Type, bool> _sensitive = new();
    private readonly JsonSerializerOptions _source;

    private SensitiveContract(JsonSerializerOptions source)
    {
        _source = source;
        Options = new JsonSerializerOptions(source);
        Options.TypeInfoResolver = JsonTypeInfoResolver.Combine(
            (Options.TypeInfoResolver ?? throw new InvalidOperationException("The serializer options of a primitive have no resolver.")).WithAddedModifier(Conceal),
            PlaceholderResolver.Instance);
        Options.MakeReadOnly();
    }

    internal JsonSerializerOptions Options { get; }

    internal static SensitiveContract Of(JsonSerializerOptions options) => Made.GetValue(options, static options => new SensitiveContract(options));

    /// <summary>Whether a value of the type may hold a sensitive member, as far as its declared types tell.</summary>
    internal bool Reaches(Type type) => Reaches(type, []);

    private bool Reaches(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || !Options.TryGetTypeInfo(type, out var info))
        {
            return false;
        }

        // A contract is complete when its members are first asked for.
        var members = info.Kind == JsonTypeInfoKind.Object ? info.Properties : [];
        return _sensitive.ContainsKey(type) ||
            members.Any(member => Reaches(member.PropertyType, seen)) ||
            (info.ElementType is { } element && Reaches(element, seen)) ||
            (Nullable.GetUnderlyingType(type) is { } underlying && Reaches(underlying, seen)) ||
            (info.PolymorphismOptions?.DerivedTypes.Any(derived => Reaches(derived.DerivedType, seen)) ?? false);
    }

    private void Conceal(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        for (var at = info.Properties.Count - 1; at >= 0; at--)
        {
            var member = info.Properties[at];
            if (member.Get is null || !IsSensitive(member))
            {
                continue;
            }

            _sensitive[info.Type] = true;
            if (member.IsExtensionData)
            {
                info.Properties.RemoveAt(at);
                continue;
            }

            info.Properties[at] = Placeholder(info, member);
        }
    }

    private JsonPropertyInfo Placeholder(JsonTypeInfo info, JsonPropertyInfo member)
    {
        var (type, mayBeNull) = (member.PropertyType, member.IsGetNullable);

        // When it is first written: the contract of the member's type may refer back to this one.
        var value = new Lazy<JsonElement>(() => SensitivePlaceholder.Of(_source, type, mayBeNull));
        var placeholder = JsonMetadataServices.CreatePropertyInfo(info.Options, new JsonPropertyInfoValues<JsonElement>
        {
            IsProperty = true,
            IsPublic = true,
            DeclaringType = info.Type,
            PropertyName = member.Name,
            JsonPropertyName = member.Name,
            Converter = JsonMetadataServices.JsonElementConverter,
            Getter = _ => value.Value,
        });
        placeholder.Name = member.Name;
        placeholder.Order = member.Order;
        return placeholder;
    }

    /// <summary>On the property, one it overrides, or the parameter of a record's constructor that it stands for.</summary>
    private static bool IsSensitive(JsonPropertyInfo member) =>
        IsMarked(member.AttributeProvider) || IsMarked(member.AssociatedParameter?.AttributeProvider);

    private static bool IsMarked(ICustomAttributeProvider? provider) => provider switch
    {
        null => false,
        MemberInfo member => Attribute.IsDefined(member, typeof(SensitiveAttribute), inherit: true),
        _ => provider.IsDefined(typeof(SensitiveAttribute), inherit: true),
    };

    /// <summary>Placeholders are JSON, which the author's own contracts need not know.</summary>
    private sealed class PlaceholderResolver : IJsonTypeInfoResolver
    {
        internal static PlaceholderResolver Instance { get; } = new();

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            type == typeof(JsonElement) ? JsonMetadataServices.CreateValueInfo<JsonElement>(options, JsonMetadataServices.JsonElementConverter) : null;
    }
}
