using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Whether the MCP endpoints of a program are protected: by McpSecureGen.AspNetCore, which guards them all, or by their own conventions.</summary>
internal sealed class HttpGuard(Compilation compilation, AnalyzerOptions settings)
{
    private readonly Lazy<string?> _whyMissing = new(() => WhyMissing(compilation, settings), LazyThreadSafetyMode.PublicationOnly);
    private readonly Lazy<bool> _hasFallbackPolicy = new(() => HasFallbackPolicy(compilation), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Why the library guards no endpoint of this program; null when it does.</summary>
    public string? Missing => _whyMissing.Value;

    /// <summary>Whether the program has an endpoint that neither the library nor a convention protects.</summary>
    public bool LeavesEndpointOpen => Missing is not null && MemberUses.OfMethod("MapMcp", compilation).Any(use =>
        AspNetSymbols.IsMapMcp(use.Method)
        && use.Name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } syntax
        && use.Model.GetOperation(syntax) is IInvocationOperation call
        && Lacks(call) is not null);

    /// <summary>What an endpoint lacks when the library does not guard it; null when its own conventions suffice.</summary>
    /// <remarks>
    /// Authorization and a Host check together suffice: a page whose name was rebound to this server sends its own name as Host, and a page of
    /// another origin has no token to send. Each alone leaves the other way in.
    /// </remarks>
    public string? Lacks(IInvocationOperation mapMcp)
    {
        var (isAuthorized, hasHost) = Conventions(mapMcp);
        isAuthorized |= _hasFallbackPolicy.Value;
        return isAuthorized ? hasHost ? null : "Host and Origin protection"
            : hasHost ? "authorization"
            : "authorization, Host and Origin protection";
    }

    private static (bool IsAuthorized, bool HasHost) Conventions(IInvocationOperation mapMcp)
    {
        var (isAuthorized, hasHost) = (false, false);
        foreach (var convention in McpEndpoint.Conventions(mapMcp))
        {
            isAuthorized |= AspNetSymbols.IsRequireAuthorization(convention.TargetMethod);
            hasHost |= AspNetSymbols.IsRequireHost(convention.TargetMethod);
        }

        return (isAuthorized, hasHost);
    }

    private static string? WhyMissing(Compilation compilation, AnalyzerOptions settings)
    {
        if (!AspNetSymbols.References(compilation, AspNetSymbols.OwnAssembly))
        {
            return "the project does not reference McpSecureGen.AspNetCore";
        }

        if (MemberUses.OfMethod("AddMcpSecurityHttp", compilation).Any(static use => AspNetSymbols.InstallsHttpGuard(use.Method)))
        {
            return null;
        }

        var transports = MemberUses.OfMethod("WithHttpTransport", compilation).Where(static use => AspNetSymbols.IsWithHttpTransport(use.Method)).ToArray();
        if (transports.Length == 0)
        {
            // The transport is set up elsewhere; an assembly that knows the package guards it there, by itself.
            return compilation.SourceModule.ReferencedAssemblySymbols.Any(KnowsPackage) ? null : "AddMcpSecurityHttp is not called";
        }

        return Interceptors.WhyOff(settings, compilation) is { } why ? why + " and AddMcpSecurityHttp is not called"
            : transports.Any(static use => IsCall(use.Name)) ? null
            : "a method group cannot be intercepted and AddMcpSecurityHttp is not called";
    }

    private static bool KnowsPackage(IAssemblySymbol assembly) => assembly.Modules.Any(static module =>
        module.ReferencedAssemblies.Any(static reference => string.Equals(reference.Name, AspNetSymbols.OwnAssembly, StringComparison.OrdinalIgnoreCase)));

    private static bool IsCall(SimpleNameSyntax name)
    {
        SyntaxNode expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding
            : name;
        return expression.Parent is InvocationExpressionSyntax call && call.Expression == expression;
    }

    private static bool IsAssigned(SimpleNameSyntax name) =>
        (name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name).Parent is AssignmentExpressionSyntax assignment
        && assignment.Left.Span.Contains(name.Span)
        && !assignment.Right.IsKind(SyntaxKind.NullLiteralExpression);

    /// <summary>A fallback policy asks for authorization at every endpoint that does not say otherwise.</summary>
    private static bool HasFallbackPolicy(Compilation compilation) =>
        MemberUses.OfMethod("SetFallbackPolicy", compilation).Any(static use =>
            McpSymbols.Is(use.Method.ContainingType, "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.Authorization", "AuthorizationBuilder"))
        || MemberUses.OfProperty("FallbackPolicy", compilation).Any(static use =>
            IsAssigned(use.Name) && McpSymbols.Is(use.Property.ContainingType, "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.Authorization", "AuthorizationOptions"));
}
