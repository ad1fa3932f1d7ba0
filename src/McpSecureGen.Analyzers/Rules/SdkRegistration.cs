using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Recognises the SDK's members that register primitives or create servers.</summary>
internal static class SdkRegistration
{
    public const string GuardMethod = "AddMcpSecurity";

    private const string ExtensionsNamespace = "Microsoft.Extensions.DependencyInjection";

    /// <summary>A method of <c>McpServerBuilderExtensions</c> (<c>WithTools</c>, <c>WithCallToolHandler</c>, ...).</summary>
    public static bool IsBuilderExtension(IMethodSymbol method) =>
        McpSymbols.Is(method.ContainingType, McpSymbols.HostingAssembly, ExtensionsNamespace, "McpServerBuilderExtensions");

    /// <summary><c>services.AddMcpServer()</c> or <c>McpServer.Create()</c>.</summary>
    public static bool CreatesServer(IMethodSymbol method) => method.Name switch
    {
        "AddMcpServer" => McpSymbols.Is(method.ContainingType, McpSymbols.HostingAssembly, ExtensionsNamespace, "McpServerServiceCollectionExtensions"),
        "Create" => McpSymbols.IsServerType(method.ContainingType, "McpServer"),
        _ => false,
    };

    /// <summary><c>services.AddMcpSecurity()</c>.</summary>
    public static bool InstallsGuard(IMethodSymbol method) =>
        method.Name == GuardMethod
        && McpSymbols.Is(method.ContainingType, McpSymbols.OwnAssembly, ExtensionsNamespace, "McpSecurityServiceCollectionExtensions");

    /// <summary>The kind that <c>McpServerTool</c>, <c>McpServerPrompt</c> or <c>McpServerResource</c> stands for.</summary>
    public static PrimitiveKind? KindOfPrimitiveClass(ITypeSymbol? type) => type?.Name switch
    {
        "McpServerTool" when McpSymbols.IsServerType(type, "McpServerTool") => PrimitiveKind.Tool,
        "McpServerPrompt" when McpSymbols.IsServerType(type, "McpServerPrompt") => PrimitiveKind.Prompt,
        "McpServerResource" when McpSymbols.IsServerType(type, "McpServerResource") => PrimitiveKind.Resource,
        _ => null,
    };
}
