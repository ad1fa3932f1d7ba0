using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The complex types, declared in source, that a client's arguments can contain.</summary>
internal static class ClientTypes
{
    /// <summary>The set for a whole compilation, built when it is first asked for.</summary>
    public static Lazy<ImmutableHashSet<INamedTypeSymbol>> Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var types = new SourceTypes(compilation, cancellationToken);
        return new(() => Reachable(types.All, cancellationToken), LazyThreadSafetyMode.PublicationOnly);
    }

    public static ImmutableHashSet<INamedTypeSymbol> Reachable(IEnumerable<INamedTypeSymbol> types, CancellationToken cancellationToken)
    {
        var reached = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var type in types)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var primitive in PrimitiveFinder.Find(type))
            {
                foreach (var parameter in primitive.Method.Parameters)
                {
                    if (ClientParameters.IsClient(parameter))
                    {
                        Add(parameter.Type, reached);
                        AddPacked(parameter, reached);
                    }
                }
            }
        }

        return reached.ToImmutableHashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
    }

    /// <summary>What a client fills in a value of the type: its own public properties and the parameters of its constructors.</summary>
    public static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public })
            {
                yield return member;
            }
        }

        foreach (var constructor in type.InstanceConstructors)
        {
            if (!constructor.IsImplicitlyDeclared || type.IsRecord)
            {
                foreach (var parameter in constructor.Parameters)
                {
                    yield return parameter;
                }
            }
        }
    }

    /// <summary>What <c>JsonString</c> reads out of a text is the client's as well.</summary>
    private static void AddPacked(ISymbol symbol, HashSet<INamedTypeSymbol> reached)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (McpSymbols.IsOwnType(attribute.AttributeClass, McpSymbols.JsonStringAttribute) &&
                attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Type, Value: ITypeSymbol packed }])
            {
                Add(packed, reached);
            }
        }
    }

    private static void Add(ITypeSymbol type, HashSet<INamedTypeSymbol> reached)
    {
        type = TypeShapes.WithoutNullable(type);
        if (TypeShapes.ElementType(type) is { } element)
        {
            Add(element, reached);
        }

        if (type is not INamedTypeSymbol named)
        {
            return;
        }

        // Type arguments cover dictionary values and pairs.
        foreach (var argument in named.TypeArguments)
        {
            Add(argument, reached);
        }

        if (named.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface)
            || !SourceLocations.IsInSource(named)
            || !reached.Add(named.OriginalDefinition))
        {
            return;
        }

        foreach (var member in Members(named))
        {
            AddPacked(member, reached);
            Add(member is IPropertySymbol property ? property.Type : ((IParameterSymbol)member).Type, reached);
        }

        if (named.BaseType is { } baseType)
        {
            Add(baseType, reached);
        }
    }
}
