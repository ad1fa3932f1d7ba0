using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>One <c>DefineCapability</c>.</summary>
internal sealed record CapabilityDefinition(string Name, string? Description, EquatableArray<string> Implies);

/// <summary>One <c>DefineRole</c>.</summary>
internal sealed record RoleDefinition(string Name, EquatableArray<string> Capabilities, EquatableArray<string> Namespaces);

/// <summary>The capability names a compilation may use.</summary>
/// <param name="BuiltIn">The constants of <c>McpSecureGen.McpCapabilities</c>, ordinal order.</param>
/// <param name="Defined">Definitions of this assembly, then of referenced assemblies that know this library, each in declaration order.</param>
internal sealed record CapabilityVocabulary(EquatableArray<string> BuiltIn, EquatableArray<CapabilityDefinition> Defined)
{
    public static CapabilityVocabulary Of(Compilation compilation)
    {
        var builtIn = new SortedSet<string>(StringComparer.Ordinal);
        var defined = ImmutableArray.CreateBuilder<CapabilityDefinition>();
        defined.AddRange(DefinitionsOf(compilation.Assembly));

        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (McpSymbols.IsAssembly(assembly, McpSymbols.OwnAssembly))
            {
                AddConstants(assembly, builtIn);
            }
            else if (McpSymbols.KnowsThisLibrary(assembly))
            {
                defined.AddRange(DefinitionsOf(assembly));
            }
        }

        return new CapabilityVocabulary(builtIn.ToEquatableArray(), defined.ToImmutable());
    }

    /// <summary>The roles of one assembly; only the assembly that hosts the server grants, so references are not read.</summary>
    public static ImmutableArray<RoleDefinition> RolesOf(IAssemblySymbol assembly)
    {
        var roles = ImmutableArray.CreateBuilder<RoleDefinition>();
        foreach (var attribute in Attributes(assembly, McpSymbols.DefineRoleAttribute))
        {
            if (CapabilityDeclarations.StringArgument(attribute) is { } name)
            {
                roles.Add(new RoleDefinition(
                    name,
                    CapabilityDeclarations.StringArguments(attribute, from: 1).ToEquatableArray(),
                    NamedStrings(attribute, "Namespaces").ToEquatableArray()));
            }
        }

        return roles.ToImmutable();
    }

    public static ImmutableArray<CapabilityDefinition> DefinitionsOf(IAssemblySymbol assembly)
    {
        var definitions = ImmutableArray.CreateBuilder<CapabilityDefinition>();
        foreach (var attribute in Attributes(assembly, McpSymbols.DefineCapabilityAttribute))
        {
            if (CapabilityDeclarations.StringArgument(attribute) is { } name)
            {
                definitions.Add(new CapabilityDefinition(
                    name, NamedStrings(attribute, "Description").FirstOrDefault(), NamedStrings(attribute, "Implies").ToEquatableArray()));
            }
        }

        return definitions.ToImmutable();
    }

    /// <summary>Whether the name, or a wider form of it, is built in or defined: <c>read:files</c> covers <c>read:files/temp</c>.</summary>
    public bool Contains(string name)
    {
        for (var form = name; ; form = form.Substring(0, form.LastIndexOf('/')))
        {
            if (IsListed(form))
            {
                return true;
            }

            if (form.LastIndexOf('/') <= 0)
            {
                return false;
            }
        }
    }

    /// <summary>The known name with the smallest edit distance, null when none is near enough to be a likely slip.</summary>
    public string? Nearest(string name)
    {
        string? nearest = null;
        var best = Math.Max(2, name.Length / 2) + 1;
        foreach (var known in Names())
        {
            var distance = EditDistance.Between(name, known);
            if (distance < best)
            {
                (nearest, best) = (known, distance);
            }
        }

        return nearest;
    }

    /// <summary>All names, built-in ones first.</summary>
    public IEnumerable<string> Names()
    {
        foreach (var name in BuiltIn)
        {
            yield return name;
        }

        foreach (var definition in Defined)
        {
            yield return definition.Name;
        }
    }

    private bool IsListed(string name)
    {
        foreach (var known in Names())
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void AddConstants(IAssemblySymbol assembly, SortedSet<string> names)
    {
        foreach (var space in assembly.GlobalNamespace.GetNamespaceMembers())
        {
            if (!string.Equals(space.Name, McpSymbols.OwnNamespace, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var type in space.GetTypeMembers(McpSymbols.CapabilitiesClass, arity: 0))
            {
                foreach (var member in type.GetMembers())
                {
                    if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: string name, DeclaredAccessibility: Accessibility.Public })
                    {
                        names.Add(name);
                    }
                }
            }
        }
    }

    private static IEnumerable<AttributeData> Attributes(IAssemblySymbol assembly, string name)
    {
        foreach (var attribute in assembly.GetAttributes())
        {
            if (McpSymbols.IsOwnType(attribute.AttributeClass, name))
            {
                yield return attribute;
            }
        }
    }

    private static IEnumerable<string> NamedStrings(AttributeData attribute, string property)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (string.Equals(argument.Key, property, StringComparison.Ordinal))
            {
                return CapabilityDeclarations.Strings(argument.Value);
            }
        }

        return [];
    }
}
