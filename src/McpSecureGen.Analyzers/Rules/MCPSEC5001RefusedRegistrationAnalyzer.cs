using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC5001: a primitive reaches the server by a route that has no generated wrapper.</summary>
/// <remarks>What cannot be judged from the code, such as <c>Create(MethodInfo)</c>, is left to the guard.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("The remedy is a method with the SDK's attribute in a class of the author's choice, with a capability only the author can name.")]
public sealed class MCPSEC5001RefusedRegistrationAnalyzer() : SecurityRule(MCPSEC5001)
{
    private const string AttributedMethod = "move the code into a method with [McpServer{0}] and [RequiresCapability] and register its class";

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterOperationAction(AnalyzeInvocation, OperationKind.Invocation);
        context.RegisterOperationAction(AnalyzeProperty, OperationKind.PropertyReference);
        context.RegisterOperationAction(AnalyzeLocalFunction, OperationKind.LocalFunction);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
    }

    private static void AnalyzeInvocation(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        var method = invocation.TargetMethod;
        var name = method.Name;
        if (SdkRegistration.IsBuilderExtension(method))
        {
            switch (name)
            {
                case "WithCallToolHandler" or "WithGetPromptHandler" or "WithReadResourceHandler":
                    Report(context, Place(invocation), $"{name} answers calls without any primitive", Remedy(HandlerKind(name)));
                    break;
                case "WithMessageFilters" when UsesIncoming(invocation):
                    Report(context, Place(invocation), "An incoming message filter can answer a call before it reaches a primitive", RequestFilterRemedy);
                    break;
                case "WithTools" or "WithPrompts" or "WithResources" when method.TypeArguments is [INamedTypeSymbol type]:
                    AnalyzeRegisteredType(context, invocation, type);
                    break;
            }
        }
        else if (name == "Create" && SdkRegistration.KindOfPrimitiveClass(method.ContainingType) is { } kind)
        {
            AnalyzeCreate(context, invocation, kind);
        }
        else if (IsMutation(name) && invocation.Instance is IPropertyReferenceOperation { Property: var property } && IsDangerousList(property)
            && !IsInsideMessageFilters(invocation))
        {
            Report(context, Place(invocation), ListProblem(property), ListRemedy(property));
        }
    }

    /// <summary>Wrappers live in the assembly of the class, so one that was built without this library has none.</summary>
    private static void AnalyzeRegisteredType(OperationAnalysisContext context, IInvocationOperation invocation, INamedTypeSymbol type)
    {
        if (IsForeign(type, context.Compilation) && !PrimitiveFinder.Find(type).IsEmpty)
        {
            Report(context, Place(invocation), ForeignProblem(type), $"derive a class from '{type.Name}' in this project, or build its assembly with McpSecureGen");
        }
    }

    private static bool IsForeign(ISymbol symbol, Compilation compilation) =>
        symbol.ContainingAssembly is { } assembly
        && !SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly)
        && !McpSymbols.KnowsThisLibrary(assembly);

    private static string ForeignProblem(ISymbol symbol) =>
        $"'{symbol.Name}' comes from '{symbol.ContainingAssembly.Identity.Name}', which is built without McpSecureGen";

    private static void AnalyzeCreate(OperationAnalysisContext context, IInvocationOperation invocation, PrimitiveKind kind)
    {
        if (invocation.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0) is not { Parameter.Type: var type } argument)
        {
            return;
        }

        if (McpSymbols.Is(type, "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.AI", "AIFunction"))
        {
            Report(context, Place(invocation), $"A {Word(kind)} made from an AIFunction hides its method", Remedy(kind));
            return;
        }

        var value = argument.Value;
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        if (type.SpecialType != SpecialType.System_Delegate || value is not IDelegateCreationOperation { Target: var target })
        {
            return;
        }

        switch (target)
        {
            case IAnonymousFunctionOperation:
                Report(context, Place(invocation), $"A {Word(kind)} made from a lambda has no generated wrapper", Remedy(kind));
                break;
            case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } local }:
                Report(context, Place(invocation), $"The local function '{local.Name}' has no generated wrapper", Remedy(kind));
                break;
            case IMethodReferenceOperation { Method: var method } when PrimitiveFinder.FindAttribute(method, kind) is null:
                Report(context, Place(invocation), $"Method '{method.Name}' has no generated wrapper",
                    $"put [McpServer{kind}] and [RequiresCapability] on it");
                break;
            case IMethodReferenceOperation { Method: var method } when IsForeign(method, context.Compilation):
                Report(context, Place(invocation), ForeignProblem(method), Remedy(kind));
                break;
        }
    }

    private static void AnalyzeProperty(OperationAnalysisContext context)
    {
        var reference = (IPropertyReferenceOperation)context.Operation;
        var property = reference.Property;
        var isHandler = property.Name is "CallToolHandler" or "CallToolWithAlternateHandler" or "ReadResourceHandler" or "GetPromptHandler"
            && McpSymbols.IsServerType(property.ContainingType, "McpServerHandlers");
        if ((!isHandler && !IsDangerousList(property)) || !IsWritten(reference) || IsInsideMessageFilters(reference))
        {
            return;
        }

        if (isHandler)
        {
            Report(context, Place(reference), $"{property.Name} answers calls without any primitive", Remedy(HandlerKind(property.Name)));
        }
        else
        {
            Report(context, Place(reference), ListProblem(property), ListRemedy(property));
        }
    }

    /// <summary>The compiler makes a local function a method of the class, attributes included, so the SDK finds it and the generator cannot.</summary>
    private static void AnalyzeLocalFunction(OperationAnalysisContext context)
    {
        var function = ((ILocalFunctionOperation)context.Operation).Symbol;
        foreach (var attribute in function.GetAttributes())
        {
            if (McpSymbols.KindOf(attribute.AttributeClass) is { } kind)
            {
                Report(context, function.Locations[0], $"The local function '{function.Name}' has no generated wrapper", Remedy(kind));
                return;
            }
        }
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false } || !SourceLocations.IsInSource(type))
        {
            return;
        }

        for (var level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (SdkRegistration.KindOfPrimitiveClass(level) is { } kind)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MCPSEC5001, SourceLocations.Identifier(type), $"'{type.Name}' is a hand-made {Word(kind)} without a generated wrapper", Remedy(kind)));
                return;
            }
        }
    }

    /// <summary>Set to something other than null, or filled by a collection initializer.</summary>
    private static bool IsWritten(IPropertyReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, reference) && assignment.Value is not { ConstantValue: { HasValue: true, Value: null } },
        IMemberInitializerOperation initializer => ReferenceEquals(initializer.InitializedMember, reference),
        _ => false,
    };

    private static bool IsMutation(string method) => method is "Add" or "Insert" or "AddRange" or "InsertRange";

    private static bool IsDangerousList(IPropertySymbol property) =>
        (property.Name == "RequestHandlers" && McpSymbols.IsServerType(property.ContainingType, "McpServerOptions"))
        || (property.Name == "IncomingFilters" && McpSymbols.IsServerType(property.ContainingType, "McpMessageFilters"));

    private static string ListProblem(IPropertySymbol property) => property.Name == "RequestHandlers"
        ? "A raw request handler bypasses every check"
        : "An incoming message filter can answer a call before it reaches a primitive";

    private static string ListRemedy(IPropertySymbol property) =>
        property.Name == "RequestHandlers" ? "offer it as a tool, prompt or resource instead" : RequestFilterRemedy;

    private const string RequestFilterRemedy = "use a request filter (WithRequestFilters), which runs before the wrapper and cannot replace it";

    /// <summary>A filter of outgoing messages alone changes no decision.</summary>
    private static bool UsesIncoming(IInvocationOperation invocation)
    {
        var configure = invocation.Arguments.FirstOrDefault(a => a.Parameter?.Name == "configure")?.Value;
        var lambda = configure?.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>().FirstOrDefault();
        return lambda is null || lambda.Descendants().Any(o =>
            o is IInvocationOperation { TargetMethod.Name: not "AddOutgoingFilter" } or IPropertyReferenceOperation { Property.Name: "IncomingFilters" });
    }

    private static bool IsInsideMessageFilters(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IInvocationOperation { TargetMethod: { Name: "WithMessageFilters" } method } && SdkRegistration.IsBuilderExtension(method))
            {
                return true;
            }
        }

        return false;
    }

    private static PrimitiveKind HandlerKind(string member) =>
        member.IndexOf("Tool", StringComparison.Ordinal) >= 0 ? PrimitiveKind.Tool
        : member.IndexOf("Prompt", StringComparison.Ordinal) >= 0 ? PrimitiveKind.Prompt
        : PrimitiveKind.Resource;

    private static string Remedy(PrimitiveKind kind) => AttributedMethod.Replace("{0}", kind.ToString());

    private static string Word(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Tool => "tool",
        PrimitiveKind.Prompt => "prompt",
        _ => "resource",
    };

    private static Location Place(IOperation operation) => operation.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.GetLocation(),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name.GetLocation(),
        InvocationExpressionSyntax invocation => invocation.Expression.GetLocation(),
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        var syntax => syntax.GetLocation(),
    };

    private static void Report(OperationAnalysisContext context, Location location, string problem, string remedy)
    {
        if (!OwnOutput.Contains(location.SourceTree))
        {
            context.ReportDiagnostic(Diagnostic.Create(MCPSEC5001, location, problem, remedy));
        }
    }
}
