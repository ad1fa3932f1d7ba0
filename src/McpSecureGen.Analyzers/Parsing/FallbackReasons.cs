using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>
/// Decides which primitives the generated wrapper cannot call directly. One place for the generator and for MCPSEC9001, so that the
/// message never disagrees with the code.
/// </summary>
internal static class FallbackReasons
{
    /// <summary>Why the primitive goes through the SDK's own binding after ours, or null when it is called directly.</summary>
    public static string? For(Primitive primitive)
    {
        for (var type = primitive.ReflectedType; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
            {
                return $"'{type.Name}' is generic, and its type arguments are known only at registration";
            }
        }

        if (primitive.Method.IsGenericMethod)
        {
            return "the method is generic";
        }

        if (primitive.Method.ReturnType is { IsRefLikeType: true } or IPointerTypeSymbol or IFunctionPointerTypeSymbol)
        {
            return "the result has a type that cannot be stored";
        }

        if (primitive.Method is { IsStatic: true, ContainingType.TypeKind: TypeKind.Interface } and ({ IsAbstract: true } or { IsVirtual: true }))
        {
            return "a static member of an interface needs an implementing type to be called";
        }

        foreach (var parameter in primitive.Method.Parameters)
        {
            if (parameter.RefKind != RefKind.None)
            {
                return $"parameter '{parameter.Name}' is passed by reference";
            }

            if (parameter.Type.IsRefLikeType || parameter.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            {
                return $"parameter '{parameter.Name}' has a type that cannot be stored";
            }

            if (McpSymbols.Is(parameter.Type, "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.AI", "AIFunctionArguments"))
            {
                return $"parameter '{parameter.Name}' receives the SDK's own argument set";
            }
        }

        return InvocationParser.CanBeAccessed(primitive)
            ? null
            : $"'{primitive.Method.Name}' or a type of its signature cannot be named by generated code";
    }
}
