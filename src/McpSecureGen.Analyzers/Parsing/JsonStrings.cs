using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Text that is declared to hold JSON of a type.</summary>
internal static class JsonStrings
{
    public static bool Is(AttributeData attribute) => McpSymbols.IsOwnType(attribute.AttributeClass, McpSymbols.JsonStringAttribute);

    /// <summary>The declaration among the attributes, or null.</summary>
    public static AttributeData? Of(ImmutableArray<AttributeData> attributes) => attributes.FirstOrDefault(Is);

    /// <summary>The type the text holds; null when generated code cannot name it, cannot hold it, or it is no data.</summary>
    public static ITypeSymbol? TypeOf(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Type, Value: ITypeSymbol type }] &&
        TypeShapes.IsNameable(type) && TypeShapes.CanHold(type) && ClientParameters.IsData(type)
            ? type
            : null;
}
