using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>
/// Recognises the types of the MCP SDK and of this library by full name and assembly name.
/// </summary>
/// <remarks>
/// Never by <c>Compilation.GetTypeByMetadataName</c>: that returns null as soon as two references hold the name, so an internal type of the
/// same name in any library (polyfill packages do this by accident) would switch a rule off in silence.
/// </remarks>
internal static class McpSymbols
{
    public const string CoreAssembly = "ModelContextProtocol.Core";
    public const string HostingAssembly = "ModelContextProtocol";
    public const string ServerNamespace = "ModelContextProtocol.Server";
    public const string OwnAssembly = "McpSecureGen";
    public const string OwnNamespace = "McpSecureGen";

    public const string ToolAttribute = "McpServerToolAttribute";
    public const string PromptAttribute = "McpServerPromptAttribute";
    public const string ResourceAttribute = "McpServerResourceAttribute";

    public const string RequiresCapabilityAttribute = "RequiresCapabilityAttribute";
    public const string RequiresNoCapabilityAttribute = "RequiresNoCapabilityAttribute";
    public const string McpNamespaceAttribute = "McpNamespaceAttribute";
    public const string DefineCapabilityAttribute = "DefineCapabilityAttribute";
    public const string DefineRoleAttribute = "DefineRoleAttribute";
    public const string SafePathAttribute = "SafePathAttribute";
    public const string SafeTextAttribute = "SafeTextAttribute";
    public const string SafeUrlAttribute = "SafeUrlAttribute";
    public const string SafeArgumentAttribute = "SafeArgumentAttribute";
    public const string SafeExecutableAttribute = "SafeExecutableAttribute";
    public const string SafeIdentifierAttribute = "SafeIdentifierAttribute";
    public const string JsonStringAttribute = "JsonStringAttribute";
    public const string ConfinedPath = "ConfinedPath";
    public const string ConfinedUrl = "ConfinedUrl";
    public const string SensitiveAttribute = "SensitiveAttribute";
    public const string RateLimitAttribute = "RateLimitAttribute";
    public const string TimeoutAttribute = "TimeoutAttribute";
    public const string MaxOutputAttribute = "MaxOutputAttribute";
    public const string RequiresConfirmationAttribute = "RequiresConfirmationAttribute";
    public const string CapabilitiesClass = "McpCapabilities";

    /// <summary>Whether the compilation can hold MCP primitives at all. Every analyzer returns at once when it cannot.</summary>
    public static bool References(Compilation compilation)
    {
        foreach (var name in compilation.ReferencedAssemblyNames)
        {
            if (string.Equals(name.Name, CoreAssembly, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the symbol is the top-level, non-generic type <paramref name="name"/> of that namespace and assembly.</summary>
    public static bool Is(ISymbol? symbol, string assembly, string @namespace, string name) =>
        symbol is INamedTypeSymbol { ContainingType: null, Arity: 0 } type
        && string.Equals(type.Name, name, StringComparison.Ordinal)
        && IsNamespace(type.ContainingNamespace, @namespace)
        && IsAssembly(type.ContainingAssembly, assembly);

    /// <summary>Whether the symbol is a type of the SDK's server namespace.</summary>
    public static bool IsServerType(ISymbol? symbol, string name) => Is(symbol, CoreAssembly, ServerNamespace, name);

    /// <summary>Whether the symbol is a type of this library's root namespace.</summary>
    public static bool IsOwnType(ISymbol? symbol, string name) => Is(symbol, OwnAssembly, OwnNamespace, name);

    /// <summary>Which kind of primitive the attribute class declares, if any.</summary>
    public static PrimitiveKind? KindOf(INamedTypeSymbol? attributeClass) => attributeClass?.Name switch
    {
        ToolAttribute when IsServerType(attributeClass, ToolAttribute) => PrimitiveKind.Tool,
        PromptAttribute when IsServerType(attributeClass, PromptAttribute) => PrimitiveKind.Prompt,
        ResourceAttribute when IsServerType(attributeClass, ResourceAttribute) => PrimitiveKind.Resource,
        _ => null,
    };

    /// <summary>
    /// Whether an assembly scan of that kind finds the class: it or a base class carries the SDK's marker. The SDK's look-up inherits, and
    /// takes abstract classes too.
    /// </summary>
    public static bool HasTypeMarker(INamedTypeSymbol type, PrimitiveKind kind)
    {
        var marker = $"McpServer{kind}TypeAttribute";
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var attribute in level.GetAttributes())
            {
                if (IsServerType(attribute.AttributeClass, marker))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether <c>Sensitive</c> is among the attributes.</summary>
    public static bool HasSensitive(IEnumerable<AttributeData> attributes) => attributes.Any(static a => IsOwnType(a.AttributeClass, SensitiveAttribute));

    public static bool IsNamespace(INamespaceSymbol? symbol, string fullName)
    {
        var end = fullName.Length;
        while (symbol is { IsGlobalNamespace: false })
        {
            var start = end - symbol.Name.Length;
            if (start < 0 || string.CompareOrdinal(fullName, start, symbol.Name, 0, symbol.Name.Length) != 0)
            {
                return false;
            }

            symbol = symbol.ContainingNamespace;
            if (start == 0)
            {
                return symbol is { IsGlobalNamespace: true };
            }

            if (fullName[start - 1] != '.')
            {
                return false;
            }

            end = start - 1;
        }

        return false;
    }

    /// <summary>Whether the assembly was built with this library: without it, it can hold neither definitions nor wrappers.</summary>
    public static bool KnowsThisLibrary(IAssemblySymbol assembly)
    {
        foreach (var module in assembly.Modules)
        {
            foreach (var reference in module.ReferencedAssemblies)
            {
                if (string.Equals(reference.Name, OwnAssembly, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static bool IsAssembly(IAssemblySymbol? assembly, string name) =>
        assembly is not null && string.Equals(assembly.Identity.Name, name, StringComparison.OrdinalIgnoreCase);
}
