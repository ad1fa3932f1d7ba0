using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC4005: two primitives of one kind with one name, or two resources with one URI template.</summary>
/// <remarks>
/// Compared are primitives that certainly meet in one server: those of one class, those of all classes that an assembly scan finds, and those
/// of classes registered in one chain of calls. Two classes registered in two places may belong to two servers and are left alone.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("The name is part of the server's contract with its clients; which of the two changes is the author's decision.")]
public sealed class MCPSEC4005DuplicateNameAnalyzer() : SecurityRule(MCPSEC4005)
{
    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var types = new SourceTypes(context.Compilation, context.CancellationToken);
        var order = new Lazy<Dictionary<SyntaxTree, int>>(
            () => context.Compilation.SyntaxTrees.Select((tree, i) => (tree, i)).ToDictionary(p => p.tree, p => p.i), LazyThreadSafetyMode.PublicationOnly);
        var scanned = new Lazy<ILookup<(PrimitiveKind, string), Primitive>>(
            () => Scanned(types, order.Value), LazyThreadSafetyMode.PublicationOnly);
        context.RegisterSymbolAction(symbol => AnalyzeType(symbol, scanned), SymbolKind.NamedType);
        context.RegisterOperationAction(AnalyzeRegistration, OperationKind.Invocation);
    }

    /// <summary>The primitives an assembly scan registers, in the order of the source.</summary>
    private static ILookup<(PrimitiveKind, string), Primitive> Scanned(SourceTypes types, Dictionary<SyntaxTree, int> order) => types.All
        .SelectMany(type => PrimitiveFinder.Find(type).Where(IsScanned))
        .OrderBy(p => Place(p).SourceTree is { } tree && order.TryGetValue(tree, out var index) ? index : int.MaxValue)
        .ThenBy(p => Place(p).SourceSpan.Start)
        .ToLookup(p => (p.Kind, PrimitiveName.Identity(p)));

    private static IEnumerable<Primitive> Registrable(INamedTypeSymbol type) =>
        PrimitiveFinder.Find(type).Where(p => p.Method.IsStatic || !type.IsAbstract);

    private static Location Place(Primitive primitive) => primitive.IsInherited
        ? SourceLocations.Identifier(primitive.ReflectedType)
        : SourceLocations.Identifier(primitive.Method);

    private static void AnalyzeType(SymbolAnalysisContext context, Lazy<ILookup<(PrimitiveKind, string), Primitive>> scanned)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        var own = new Dictionary<(PrimitiveKind, string), Primitive>();
        foreach (var primitive in PrimitiveFinder.Find(type).OrderBy(p => p.IsInherited ? 0 : 1).ThenBy(p => Place(p).SourceSpan.Start))
        {
            var key = (primitive.Kind, PrimitiveName.Identity(primitive));
            if (!own.TryGetValue(key, out var first))
            {
                own.Add(key, primitive);
                first = IsScanned(primitive) ? scanned.Value[key].First() : primitive;
            }
            else if (primitive.IsInherited && IsFromSource(primitive) && IsFromSource(first))
            {
                // Both come from base classes of this compilation, where the pair is reported already.
                continue;
            }

            if (!IsSame(first, primitive))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    MCPSEC4005, Place(primitive), primitive.Kind, key.Item2, Show(primitive), Show(first)));
            }
        }
    }

    private static bool IsScanned(Primitive primitive) => McpSymbols.HasTypeMarker(primitive.ReflectedType, primitive.Kind);

    private static bool IsFromSource(Primitive primitive) =>
        SymbolEqualityComparer.Default.Equals(primitive.Method.ContainingAssembly, primitive.ReflectedType.ContainingAssembly);

    /// <summary>Classes without the marker meet when one chain of calls registers them: <c>.WithTools&lt;A&gt;().WithTools&lt;B&gt;()</c>.</summary>
    private static void AnalyzeRegistration(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (OwnOutput.Contains(invocation.Syntax.SyntaxTree) || Registered(invocation) is not { } registered)
        {
            return;
        }

        var earlier = new List<(INamedTypeSymbol Type, PrimitiveKind Kind)>();
        for (var call = Receiver(invocation); call is not null; call = Receiver(call))
        {
            if (Registered(call) is { } before && before.Kind == registered.Kind)
            {
                earlier.Insert(0, before);
            }
        }

        foreach (var primitive in Registrable(registered.Type).Where(p => p.Kind == registered.Kind))
        {
            var identity = PrimitiveName.Identity(primitive);
            foreach (var (type, kind) in earlier)
            {
                if (SymbolEqualityComparer.Default.Equals(type, registered.Type)
                    || (McpSymbols.HasTypeMarker(type, kind) && McpSymbols.HasTypeMarker(registered.Type, kind)))
                {
                    continue;
                }

                var first = Registrable(type).FirstOrDefault(p => p.Kind == kind && PrimitiveName.Identity(p) == identity);
                if (first.Method is not null)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        MCPSEC4005, NameLocation(invocation), primitive.Kind, identity, Show(primitive), Show(first)));
                    break;
                }
            }
        }
    }

    private static (INamedTypeSymbol Type, PrimitiveKind Kind)? Registered(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (!SdkRegistration.IsBuilderExtension(method) || method.TypeArguments is not [INamedTypeSymbol type])
        {
            return null;
        }

        return method.Name switch
        {
            "WithTools" => (type, PrimitiveKind.Tool),
            "WithPrompts" => (type, PrimitiveKind.Prompt),
            "WithResources" => (type, PrimitiveKind.Resource),
            _ => null,
        };
    }

    private static IInvocationOperation? Receiver(IInvocationOperation invocation)
    {
        var receiver = invocation.Instance ?? (invocation.Arguments.Length > 0 ? invocation.Arguments[0].Value : null);
        return receiver is IConversionOperation conversion ? conversion.Operand as IInvocationOperation : receiver as IInvocationOperation;
    }

    private static Location NameLocation(IInvocationOperation invocation) =>
        invocation.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name.GetLocation() : invocation.Syntax.GetLocation();

    private static bool IsSame(Primitive left, Primitive right) =>
        SymbolEqualityComparer.Default.Equals(left.ReflectedType, right.ReflectedType) && SymbolEqualityComparer.Default.Equals(left.Method, right.Method);

    private static string Show(Primitive primitive) => $"{primitive.ReflectedType.Name}.{primitive.Method.Name}";
}
