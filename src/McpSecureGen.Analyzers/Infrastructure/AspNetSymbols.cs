using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>Recognises what the rules need of ASP.NET Core and of the MCP SDK's HTTP package, in the manner of <see cref="McpSymbols"/>.</summary>
internal static class AspNetSymbols
{
    public const string McpAssembly = "ModelContextProtocol.AspNetCore";
    public const string OwnAssembly = "McpSecureGen.AspNetCore";

    private const string BuilderNamespace = "Microsoft.AspNetCore.Builder";
    private const string ExtensionsNamespace = "Microsoft.Extensions.DependencyInjection";

    /// <summary>Whether the compilation names the assembly among its references.</summary>
    public static bool References(Compilation compilation, string assembly)
    {
        foreach (var name in compilation.ReferencedAssemblyNames)
        {
            if (string.Equals(name.Name, assembly, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>AllowAnonymousAttribute</c> and whatever else says the same: it is the interface that authorization looks for.</summary>
    public static bool AllowsAnonymous(ITypeSymbol? type)
    {
        if (type is not null)
        {
            foreach (var contract in type.AllInterfaces)
            {
                if (McpSymbols.Is(contract, "Microsoft.AspNetCore.Metadata", "Microsoft.AspNetCore.Authorization", "IAllowAnonymous"))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary><c>endpoints.MapMcp()</c>.</summary>
    public static bool IsMapMcp(IMethodSymbol method) =>
        method.Name == "MapMcp" && McpSymbols.Is(method.ContainingType, McpAssembly, BuilderNamespace, "McpEndpointRouteBuilderExtensions");

    /// <summary><c>builder.WithHttpTransport()</c>.</summary>
    public static bool IsWithHttpTransport(IMethodSymbol method) =>
        method.Name == "WithHttpTransport" && McpSymbols.Is(method.ContainingType, McpAssembly, ExtensionsNamespace, "HttpMcpServerBuilderExtensions");

    /// <summary><c>services.AddMcpSecurityHttp()</c>.</summary>
    public static bool InstallsHttpGuard(IMethodSymbol method) =>
        method.Name == "AddMcpSecurityHttp"
        && McpSymbols.Is(method.ContainingType, OwnAssembly, ExtensionsNamespace, "McpSecurityHttpServiceCollectionExtensions");

    /// <summary><c>endpoint.AllowAnonymous()</c>.</summary>
    public static bool IsAllowAnonymous(IMethodSymbol method) => method.Name == "AllowAnonymous" && IsAuthorizationConvention(method);

    /// <summary><c>endpoint.RequireAuthorization()</c>.</summary>
    public static bool IsRequireAuthorization(IMethodSymbol method) => method.Name == "RequireAuthorization" && IsAuthorizationConvention(method);

    /// <summary><c>endpoint.RequireHost("mcp.example.com")</c>.</summary>
    public static bool IsRequireHost(IMethodSymbol method) => method.Name == "RequireHost" && IsRoutingConvention(method);

    /// <summary><c>endpoint.WithMetadata(...)</c>.</summary>
    public static bool IsWithMetadata(IMethodSymbol method) => method.Name == "WithMetadata" && IsRoutingConvention(method);

    private static bool IsAuthorizationConvention(IMethodSymbol method) => McpSymbols.Is(
        method.ContainingType, "Microsoft.AspNetCore.Authorization.Policy", BuilderNamespace, "AuthorizationEndpointConventionBuilderExtensions");

    private static bool IsRoutingConvention(IMethodSymbol method) => McpSymbols.Is(
        method.ContainingType, "Microsoft.AspNetCore.Routing", BuilderNamespace, "RoutingEndpointConventionBuilderExtensions");
}
