using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>
/// Finds what is marked obsolete as an error. No pragma silences that, but obsolete code may use it: the wrapper of such a primitive is marked
/// obsolete itself.
/// </summary>
internal static class ObsoleteErrors
{
    public static bool In(Primitive primitive)
    {
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        return IsMarked(primitive.Method) || IsMarked(primitive.Method.AssociatedSymbol) ||
            In(primitive.ReflectedType, seen) || In(primitive.Method.ContainingType, seen) || In(primitive.Method.ReturnType, seen) ||
            primitive.Method.Parameters.Any(parameter => In(parameter.Type, seen) || In(parameter.GetAttributes(), seen));
    }

    private static bool In(IEnumerable<AttributeData> attributes, HashSet<ITypeSymbol> seen) =>
        attributes.Any(attribute => (attribute.AttributeClass is { } type && In(type, seen)) || IsMarked(attribute.AttributeConstructor));

    private static bool In(ITypeSymbol type, HashSet<ITypeSymbol> seen)
    {
        if (type is IArrayTypeSymbol array)
        {
            return In(array.ElementType, seen);
        }

        if (type is not INamedTypeSymbol named || !seen.Add(named))
        {
            return false;
        }

        return IsMarked(named) || (named.ContainingType is { } outer && In(outer, seen)) || named.TypeArguments.Any(argument => In(argument, seen)) ||
            (ObjectParser.IsObject(named) && (
                ObjectParser.MembersOf(named).Any(member => IsMarked(member.Symbol) || In(member.Type, seen) || In(member.Attributes, seen)) ||
                DerivedForms.Of(named).Any(derived => In(derived, seen))));
    }

    private static bool IsMarked(ISymbol? symbol) => symbol is not null && symbol.GetAttributes().Any(static a =>
        a.AttributeClass is { Name: "ObsoleteAttribute", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } &&
        a.ConstructorArguments is [_, { Value: true }, ..]);
}
