using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Tells parameters that the client fills from those that the server fills.</summary>
/// <remarks>
/// What the SDK injects, and types that cannot be data (interfaces other than collections, abstract classes, delegates), never come from the
/// client. A concrete class whose constructor takes such a type is a service as well. JSON nodes and types with declared JSON forms are data.
/// </remarks>
internal static class ClientParameters
{
    public static bool IsClient(IParameterSymbol parameter)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "FromKeyedServicesAttribute" } type
                && McpSymbols.IsNamespace(type.ContainingNamespace, "Microsoft.Extensions.DependencyInjection"))
            {
                return false;
            }
        }

        return !IsInjected(parameter.Type) && !IsService(parameter.Type, depth: 0);
    }

    /// <summary>Whether values of the type can be made from JSON that a client sends.</summary>
    public static bool IsData(ITypeSymbol type) => !IsInjected(type) && !IsService(type, depth: 0);

    /// <summary>Whether the SDK fills the parameter from the request itself, without asking the container.</summary>
    public static bool IsInjected(ITypeSymbol type) => type is INamedTypeSymbol named && (named.Name, named.ContainingNamespace) switch
    {
        ("CancellationToken", var space) => McpSymbols.IsNamespace(space, "System.Threading"),
        ("IProgress" or "IServiceProvider", var space) => McpSymbols.IsNamespace(space, "System"),
        ("ClaimsPrincipal", var space) => McpSymbols.IsNamespace(space, "System.Security.Claims"),
        ("AIFunctionArguments", var space) => McpSymbols.IsNamespace(space, "Microsoft.Extensions.AI"),
        ("RequestContext" or "McpServer" or "IMcpServer", var space) => McpSymbols.IsNamespace(space, McpSymbols.ServerNamespace),
        _ => false,
    };

    private static bool IsService(ITypeSymbol type, int depth)
    {
        if (type is not INamedTypeSymbol named || TypeShapes.ElementType(named) is not null || HasJsonForm(named))
        {
            return false;
        }

        if (McpSymbols.IsAssembly(named.ContainingAssembly, McpSymbols.OwnAssembly))
        {
            // This library's own services (ToolProcess and others), whatever their constructors look like.
            return named.TypeKind == TypeKind.Class;
        }

        if (named.TypeKind == TypeKind.Interface || named.TypeKind == TypeKind.Delegate || (named.TypeKind == TypeKind.Class && named.IsAbstract))
        {
            return true;
        }

        if (named.TypeKind != TypeKind.Class || depth > 2 || named.SpecialType != SpecialType.None)
        {
            return false;
        }

        foreach (var constructor in named.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (!SymbolEqualityComparer.Default.Equals(parameter.Type, named) && IsService(parameter.Type, depth + 1))
                {
                    return true;
                }
            }
        }

        return depth == 0 && HoldsNoData(named);
    }

    /// <summary>A class of the author's own into which nothing can be put: what a client sent for it could only stand in for a service.</summary>
    private static bool HoldsNoData(INamedTypeSymbol type) =>
        !type.IsRecord && ObjectParser.IsObject(type) &&
        type.InstanceConstructors.All(static constructor => constructor.Parameters.IsEmpty) &&
        ObjectParser.MembersOf(type).All(static member => member.Symbol is IPropertySymbol { SetMethod: null });

    private static bool HasJsonForm(INamedTypeSymbol type)
    {
        // A JSON node is abstract, and Uri has a constructor for serialization formatters: both look like services.
        if (McpSymbols.IsNamespace(type.ContainingNamespace, "System.Text.Json.Nodes") ||
            (type.Name == "Uri" && McpSymbols.IsNamespace(type.ContainingNamespace, "System")))
        {
            return true;
        }

        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "JsonDerivedTypeAttribute" or "JsonPolymorphicAttribute" or "JsonConverterAttribute" } form
                && McpSymbols.IsNamespace(form.ContainingNamespace, "System.Text.Json.Serialization"))
            {
                return true;
            }
        }

        return false;
    }
}
