using System.Collections.Immutable;
using McpSecureGen.Analyzers.Model;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Gives each wrapper a class name of its own.</summary>
internal static class PrimitiveNaming
{
    private const int MaxLength = 100;

    /// <summary>
    /// One model per kind and key (a partial class is seen once per file), in the order of their keys, which no edit elsewhere changes; overloads
    /// and classes of one name in several namespaces are numbered.
    /// </summary>
    public static IEnumerable<PrimitiveModel> Distinct(ImmutableArray<PrimitiveModel> models)
    {
        var keys = new HashSet<(object, string)>();
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["SecuredPrimitives"] = 1, ["Interceptors"] = 1 };
        foreach (var model in models.OrderBy(static m => m.Key, StringComparer.Ordinal).ThenBy(static m => m.Kind))
        {
            if (!keys.Add((model.Kind, model.Key)))
            {
                continue;
            }

            var name = model.Name.Length > MaxLength ? model.Name.Substring(0, MaxLength) : model.Name;
            names[name] = names.TryGetValue(name, out var used) ? used + 1 : 1;
            yield return model with { Name = names[name] == 1 ? name : $"{name}_{names[name]}" };
        }
    }
}
