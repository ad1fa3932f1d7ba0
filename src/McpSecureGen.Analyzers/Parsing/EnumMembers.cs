using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The enum types that occur anywhere in values of a type; the strict reader needs a converter for each.</summary>
internal static class EnumMembers
{
    public static IEnumerable<string> Of(ITypeSymbol type, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Add(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default), names, cancellationToken);
        return names;
    }

    private static void Add(ITypeSymbol type, HashSet<ITypeSymbol> seen, SortedSet<string> names, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        type = TypeShapes.WithoutNullable(type);
        if (!seen.Add(type))
        {
            return;
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            if (TypeShapes.IsNameable(type))
            {
                names.Add(Literals.TypeName(type));
            }

            return;
        }

        if (TypeShapes.ElementType(type) is { } element)
        {
            Add(element, seen, names, cancellationToken);
        }

        if (type is not INamedTypeSymbol named)
        {
            return;
        }

        foreach (var argument in named.TypeArguments)
        {
            Add(argument, seen, names, cancellationToken);
        }

        if (ObjectParser.IsObject(named))
        {
            foreach (var member in ObjectParser.MembersOf(named))
            {
                Add(member.Type, seen, names, cancellationToken);
            }

            foreach (var derived in DerivedForms.Of(named))
            {
                Add(derived, seen, names, cancellationToken);
            }
        }
    }
}
