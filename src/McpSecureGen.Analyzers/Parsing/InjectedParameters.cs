using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The expressions that provide what the server fills in, equal to what the SDK injects.</summary>
internal static class InjectedParameters
{
    public static string Expression(IParameterSymbol parameter, PrimitiveKind kind)
    {
        var type = parameter.Type;
        var typeName = Literals.TypeName(type);
        var optional = parameter.HasExplicitDefaultValue;
        foreach (var attribute in parameter.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "FromKeyedServicesAttribute" } keyed
                && McpSymbols.IsNamespace(keyed.ContainingNamespace, "Microsoft.Extensions.DependencyInjection"))
            {
                var key = Literals.KeyOf(attribute);
                return optional ? $"call.OptionalKeyedService<{typeName}>({key})!" : $"call.KeyedService<{typeName}>({key})";
            }
        }

        return (type.Name, type.ContainingNamespace) switch
        {
            ("CancellationToken", var space) when McpSymbols.IsNamespace(space, "System.Threading") => "cancellationToken",
            ("IServiceProvider", var space) when McpSymbols.IsNamespace(space, "System") => "call.Services!",
            ("ClaimsPrincipal", var space) when McpSymbols.IsNamespace(space, "System.Security.Claims") =>
                optional ? "call.OptionalPrincipal()!" : "call.Principal()",
            ("McpServer", var space) when McpSymbols.IsNamespace(space, McpSymbols.ServerNamespace) => "call.Server",
            ("RequestContext", _) when IsContextOf(type, kind) => "call.Context",
            ("IProgress", var space) when McpSymbols.IsNamespace(space, "System") && type is INamedTypeSymbol { TypeArguments: [{ Name: "ProgressNotificationValue" }] } =>
                "call.Progress()",
            _ => optional ? $"call.OptionalService<{typeName}>()!" : $"call.Service<{typeName}>()",
        };
    }

    private static bool IsContextOf(ITypeSymbol type, PrimitiveKind kind) =>
        McpSymbols.IsNamespace(type.ContainingNamespace, McpSymbols.ServerNamespace) && type is INamedTypeSymbol { TypeArguments: [{ } parameters] } &&
        parameters.Name == kind switch
        {
            PrimitiveKind.Tool => "CallToolRequestParams",
            PrimitiveKind.Prompt => "GetPromptRequestParams",
            _ => "ReadResourceRequestParams",
        };
}
