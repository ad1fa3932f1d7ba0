using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Finds the calls of the SDK that install a server or register its primitives.</summary>
internal static class InterceptionParser
{
    private const string ExtensionsNamespace = "Microsoft.Extensions.DependencyInjection";

    /// <summary>Cheap look at a node: a call whose name is one of those intercepted.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is InvocationExpressionSyntax invocation && NameOf(invocation.Expression) is
            "AddMcpServer" or "Create" or "WithTools" or "WithToolsFromAssembly" or "WithPrompts" or "WithPromptsFromAssembly"
            or "WithResources" or "WithResourcesFromAssembly" or "WithHttpTransport"
            or "WithStdioServerTransport" or "WithStreamServerTransport";

    public static InterceptionModel? Parse(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var invocation = (InvocationExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(invocation, cancellationToken).Symbol is not IMethodSymbol method ||
            RouteOf((method.ReducedFrom ?? method).OriginalDefinition, context.SemanticModel.Compilation) is not { } route ||
            context.SemanticModel.GetInterceptableLocation(invocation, cancellationToken) is not { } location)
        {
            return null;
        }

        var position = invocation.SyntaxTree.GetLineSpan(invocation.Span, cancellationToken);
        var file = position.Path.Substring(position.Path.LastIndexOfAny(['/', '\\']) + 1);
        return new InterceptionModel(route.Route, route.Kind, location.GetInterceptsLocationAttributeSyntax(), $"{OneLine(file)}({position.StartLinePosition.Line + 1})");
    }

    private static (InterceptedRoute Route, PrimitiveKind Kind)? RouteOf(IMethodSymbol method, Compilation compilation)
    {
        var type = method.ContainingType;
        if (McpSymbols.Is(type, McpSymbols.HostingAssembly, ExtensionsNamespace, "McpServerServiceCollectionExtensions"))
        {
            return method.Name == "AddMcpServer" ? (InterceptedRoute.AddMcpServer, default) : null;
        }

        if (McpSymbols.Is(type, AspNetSymbols.McpAssembly, ExtensionsNamespace, "HttpMcpServerBuilderExtensions"))
        {
            return method.Name == "WithHttpTransport" && AspNetSymbols.References(compilation, AspNetSymbols.OwnAssembly)
                ? (InterceptedRoute.WithHttpTransport, default)
                : null;
        }

        if (McpSymbols.Is(type, McpSymbols.HostingAssembly, ExtensionsNamespace, "McpServerBuilderExtensions"))
        {
            return method.Name switch
            {
                "WithStdioServerTransport" => (InterceptedRoute.WithStdioTransport, default),
                "WithStreamServerTransport" => (InterceptedRoute.WithStreamTransport, default),
                _ => KindOf(method.Name) is { } kind && RouteOfBuilder(method) is { } route ? (route, kind) : null,
            };
        }

        if (method.Name != "Create" || !method.IsStatic)
        {
            return null;
        }

        if (McpSymbols.IsServerType(type, "McpServer"))
        {
            return (InterceptedRoute.CreateServer, default);
        }

        foreach (var kind in new[] { PrimitiveKind.Tool, PrimitiveKind.Prompt, PrimitiveKind.Resource })
        {
            if (McpSymbols.IsServerType(type, "McpServer" + kind))
            {
                return RouteOfFactory(method) is { } route ? (route, kind) : null;
            }
        }

        return null;
    }

    private static PrimitiveKind? KindOf(string method) =>
        method.StartsWith("WithTools", StringComparison.Ordinal) ? PrimitiveKind.Tool
        : method.StartsWith("WithPrompts", StringComparison.Ordinal) ? PrimitiveKind.Prompt
        : method.StartsWith("WithResources", StringComparison.Ordinal) ? PrimitiveKind.Resource
        : null;

    private static InterceptedRoute? RouteOfBuilder(IMethodSymbol method)
    {
        if (method.Name.EndsWith("FromAssembly", StringComparison.Ordinal))
        {
            return InterceptedRoute.FromAssembly;
        }

        if (method.Arity == 1)
        {
            return method.Parameters.Length > 1 && method.Parameters[1].Type is ITypeParameterSymbol ? InterceptedRoute.WithTarget : InterceptedRoute.WithType;
        }

        // The other overload takes finished primitives, which were made elsewhere.
        return method.Parameters.Length > 1 && method.Parameters[1].Type is INamedTypeSymbol { TypeArguments: [{ Name: "Type" }] } ? InterceptedRoute.WithTypes : null;
    }

    private static InterceptedRoute? RouteOfFactory(IMethodSymbol method) => method.Parameters[0].Type.Name switch
    {
        "Delegate" => InterceptedRoute.CreateFromDelegate,
        "MethodInfo" => method.Parameters[1].Type.Name == "Func" ? InterceptedRoute.CreateFromFactory : InterceptedRoute.CreateFromMethod,
        _ => null,
    };

    /// <summary>The name goes into a comment, which a line end in it would close.</summary>
    private static string OneLine(string name) =>
        string.Concat(name.Select(static c => char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format || c is '\u2028' or '\u2029' ? '?' : c));

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
