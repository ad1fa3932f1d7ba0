using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC1008: a statement about who may call that nothing counts: anonymous access, or a capability where no primitive sees it.</summary>
/// <remarks>
/// What counts stands in <see cref="CapabilityDeclarations"/>: the method and what it overrides, the class through which it is reached and its
/// bases. Not counted are interface members, local functions, lambdas, and methods and classes without any primitive.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC1008UncountedDeclarationAnalyzer() : SecurityRule(MCPSEC1008, MCPSEC1008Anonymous, MCPSEC1008AnonymousEndpoint)
{
    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var surface = new PrimitiveSurface(context.Compilation, context.CancellationToken);
        context.RegisterSyntaxNodeAction(node => AnalyzeAttribute(node, surface), SyntaxKind.Attribute);
        context.RegisterSymbolAction(AnalyzeInherited, SymbolKind.NamedType);
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        context.RegisterOperationAction(AnalyzeCreation, OperationKind.ObjectCreation);
    }

    private static void AnalyzeAttribute(SyntaxNodeAnalysisContext context, PrimitiveSurface surface)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (OwnOutput.Contains(attribute.SyntaxTree)
            || attribute.Parent is not AttributeListSyntax { Target: null or { Identifier.ValueText: "method" or "type" } } list
            || context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type is not { } type)
        {
            return;
        }

        var isDeclaration = McpSymbols.IsOwnType(type, McpSymbols.RequiresCapabilityAttribute) || McpSymbols.IsOwnType(type, McpSymbols.RequiresNoCapabilityAttribute);
        if ((!isDeclaration && !AspNetSymbols.AllowsAnonymous(type)) || Owner(list.Parent, context) is not { } owner)
        {
            return;
        }

        if (!isDeclaration)
        {
            if (owner is IMethodSymbol method ? surface.Reaches(method) : owner is INamedTypeSymbol named && surface.HasPrimitive(named))
            {
                context.ReportDiagnostic(Diagnostic.Create(MCPSEC1008Anonymous, attribute.GetLocation(), type.Name, owner.Name));
            }
        }
        else if (WhyNotCounted(owner, list.Parent!, surface, context) is { } why)
        {
            var target = Target(owner, list.Parent!, type, surface, context);
            context.ReportDiagnostic(Diagnostic.Create(
                MCPSEC1008,
                attribute.GetLocation(),
                additionalLocations: target is null ? null : [target.GetLocation()],
                type.Name.Substring(0, type.Name.Length - "Attribute".Length),
                why));
        }
    }

    /// <summary>An attribute of a base class or of an overridden method in another assembly: reported where it becomes a primitive's.</summary>
    private static void AnalyzeInherited(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        var primitives = PrimitiveFinder.Find(type);
        if (primitives.IsEmpty)
        {
            return;
        }

        // A class between the two, of this assembly, has the finding already.
        var isFirst = !SymbolEqualityComparer.Default.Equals(type.BaseType?.ContainingAssembly, type.ContainingAssembly);
        for (var level = type.BaseType; level is not null && (isFirst || PrimitiveFinder.Find(type.BaseType!).IsEmpty); level = level.BaseType)
        {
            if (ForeignAnonymous(level, type) is { } attribute)
            {
                context.ReportDiagnostic(Diagnostic.Create(MCPSEC1008Anonymous, SourceLocations.Identifier(type), attribute.Name, level.Name));
                return;
            }
        }

        foreach (var primitive in primitives)
        {
            for (var method = primitive.Method; method is not null && (isFirst || !primitive.IsInherited); method = method.OverriddenMethod)
            {
                if (ForeignAnonymous(method, type) is { } attribute)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        MCPSEC1008Anonymous,
                        primitive.IsInherited ? SourceLocations.Identifier(type) : SourceLocations.Identifier(primitive.Method),
                        attribute.Name,
                        method.Name));
                    break;
                }
            }
        }
    }

    private static INamedTypeSymbol? ForeignAnonymous(ISymbol symbol, INamedTypeSymbol type)
    {
        if (SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, type.ContainingAssembly))
        {
            return null;
        }

        foreach (var attribute in symbol.GetAttributes())
        {
            if (AspNetSymbols.AllowsAnonymous(attribute.AttributeClass))
            {
                return attribute.AttributeClass;
            }
        }

        return null;
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (AspNetSymbols.IsAllowAnonymous(call.TargetMethod) && !OwnOutput.Contains(call.Syntax.SyntaxTree) && McpEndpoint.IsConvention(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(MCPSEC1008AnonymousEndpoint, SourceLocations.MemberName(call.Syntax), "AllowAnonymous()"));
        }
    }

    /// <summary>Metadata that says the same, given to any convention of an endpoint.</summary>
    private static void AnalyzeCreation(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!AspNetSymbols.AllowsAnonymous(creation.Type) || OwnOutput.Contains(creation.Syntax.SyntaxTree))
        {
            return;
        }

        for (var parent = creation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation call && McpEndpoint.IsConvention(call))
            {
                context.ReportDiagnostic(Diagnostic.Create(MCPSEC1008AnonymousEndpoint, creation.Syntax.GetLocation(), creation.Type!.Name));
                return;
            }
        }
    }

    private static ISymbol? Owner(SyntaxNode? node, SyntaxNodeAnalysisContext context) => node switch
    {
        AnonymousFunctionExpressionSyntax => context.SemanticModel.GetSymbolInfo(node, context.CancellationToken).Symbol,
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or TypeDeclarationSyntax =>
            context.SemanticModel.GetDeclaredSymbol(node, context.CancellationToken),
        _ => null,
    };

    private static string? WhyNotCounted(ISymbol owner, SyntaxNode node, PrimitiveSurface surface, SyntaxNodeAnalysisContext context)
    {
        switch (owner)
        {
            // What makes a local function or lambda a tool is MCPSEC5001's finding.
            case IMethodSymbol { MethodKind: MethodKind.LocalFunction } local:
                return PrimitiveFinder.IsPrimitive(local) ? null : $"the local function '{local.Name}' is no tool, prompt or resource";
            case IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda:
                return PrimitiveFinder.IsPrimitive(lambda) || IsRegistered(node, context) ? null : "a lambda is no tool, prompt or resource";
            case IMethodSymbol method when surface.Reaches(method) || surface.MayBeOverriddenElsewhere(method):
                return null;
            case IMethodSymbol { ContainingType.TypeKind: TypeKind.Interface } member:
                return $"what implements '{member.ContainingType.Name}.{member.Name}' does not inherit it";
            case IMethodSymbol method:
                return $"'{method.Name}' is no tool, prompt or resource, and none overrides it";
            case INamedTypeSymbol type when surface.HasPrimitive(type) || surface.MayBeDerivedElsewhere(type):
                return null;
            default:
                return $"'{owner.Name}' has no tool, prompt or resource, and no class derived from it has one";
        }
    }

    /// <summary>A lambda given to <c>McpServerTool.Create</c>.</summary>
    private static bool IsRegistered(SyntaxNode lambda, SyntaxNodeAnalysisContext context) =>
        lambda.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
        && context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { Name: "Create" } method
        && SdkRegistration.KindOfPrimitiveClass(method.ContainingType) is not null;

    /// <summary>
    /// The one method that was evidently meant, in the same file: the primitive around a local function or lambda, or the only primitive that
    /// implements an interface's method. None when a waiver stands there already: it may stand once only.
    /// </summary>
    private static MethodDeclarationSyntax? Target(ISymbol owner, SyntaxNode node, ITypeSymbol attribute, PrimitiveSurface surface, SyntaxNodeAnalysisContext context)
    {
        IMethodSymbol? target = null;
        if (owner is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
        {
            target = node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } outer
                ? context.SemanticModel.GetDeclaredSymbol(outer, context.CancellationToken)
                : null;
            target = target is not null && PrimitiveFinder.IsPrimitive(target) ? target : null;
        }
        else if (owner is IMethodSymbol { ContainingType.TypeKind: TypeKind.Interface } member)
        {
            target = surface.OnlyImplementation(member);
        }

        var part = target?.PartialImplementationPart ?? target;
        return part is null
            || (attribute.Name == McpSymbols.RequiresNoCapabilityAttribute
                && part.GetAttributes().Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute)))
            || part.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) is not MethodDeclarationSyntax declaration
            || declaration.SyntaxTree != node.SyntaxTree
                ? null
                : declaration;
    }
}
