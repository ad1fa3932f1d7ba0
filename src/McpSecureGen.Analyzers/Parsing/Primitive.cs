using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>One tool, prompt or resource as the SDK finds it. Holds symbols: it never leaves the first step of a pipeline.</summary>
/// <param name="ReflectedType">The type asked for its methods; class-level declarations of this type and its bases apply.</param>
/// <param name="Method">The method, in the form it has on <paramref name="ReflectedType"/> (base type arguments filled in).</param>
/// <param name="Kind">What the attribute makes of the method.</param>
/// <param name="SdkAttribute">The SDK's attribute, possibly found on an overridden method.</param>
internal readonly record struct Primitive(INamedTypeSymbol ReflectedType, IMethodSymbol Method, PrimitiveKind Kind, AttributeData SdkAttribute)
{
    /// <summary>Whether the method is declared by a base of the reflected type.</summary>
    public bool IsInherited => !SymbolEqualityComparer.Default.Equals(Method.OriginalDefinition.ContainingType, ReflectedType.OriginalDefinition);
}
