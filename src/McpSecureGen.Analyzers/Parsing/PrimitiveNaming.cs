using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Gives each wrapper a class name of its own.</summary>
internal static class PrimitiveNaming
{
    private const int MaxLength = 100;

    /// <summary>
    /// Which primitives cannot keep the name made of their class and method: overloads and classes of one name in several namespaces are
    /// numbered, in the order of their keys, which no edit elsewhere changes. Two methods under one key are an error in the source; neither gets
    /// a wrapper.
    /// </summary>
    public static EquatableArray<NameException> Exceptions(EquatableArray<TableEntry> entries)
    {
        // File names are compared without case, so class names are too.
        var taken = new HashSet<string>(entries.Select(static entry => Short(entry.Name)), StringComparer.OrdinalIgnoreCase);
        var given = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var exceptions = new List<NameException>();
        foreach (var same in entries
            .GroupBy(static entry => (entry.Kind, entry.Key))
            .OrderBy(static same => same.Key.Key, StringComparer.Ordinal)
            .ThenBy(static same => same.Key.Kind))
        {
            if (same.Count() > 1)
            {
                exceptions.Add(new NameException(same.Key.Kind, same.Key.Key, null));
                continue;
            }

            var name = Short(same.First().Name);
            if (given.Add(name))
            {
                continue;
            }

            var number = 2;
            while (!taken.Add($"{name}_{number}"))
            {
                number++;
            }

            exceptions.Add(new NameException(same.Key.Kind, same.Key.Key, $"{name}_{number}"));
        }

        return exceptions.ToEquatableArray();
    }

    /// <summary>The model under its final name; null when it gets no wrapper.</summary>
    public static PrimitiveModel? Named(PrimitiveModel model, EquatableArray<NameException> exceptions) =>
        Final(model.Kind, model.Key, model.Name, exceptions) is { } name ? model with { Name = name } : null;

    /// <summary>The lines of the table, in the order of their keys.</summary>
    public static EquatableArray<TableEntry> Table(EquatableArray<TableEntry> entries, EquatableArray<NameException> exceptions) =>
        entries
            .Select(entry => (Entry: entry, Name: Final(entry.Kind, entry.Key, entry.Name, exceptions)))
            .Where(static entry => entry.Name is not null)
            .Select(static entry => entry.Entry with { Name = entry.Name! })
            .OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .ThenBy(static entry => entry.Kind)
            .ToEquatableArray();

    private static string? Final(PrimitiveKind kind, string key, string name, EquatableArray<NameException> exceptions)
    {
        foreach (var exception in exceptions)
        {
            if (exception.Kind == kind && string.Equals(exception.Key, key, StringComparison.Ordinal))
            {
                return exception.Name;
            }
        }

        return Short(name);
    }

    private static string Short(string name) => name.Length > MaxLength ? name.Substring(0, MaxLength) : name;
}
