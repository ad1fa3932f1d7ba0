using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC1009: a role that grants an unknown capability, is defined twice, has no name or counts in a namespace without one.</summary>
/// <remarks>The run time refuses each of these at start-up (<c>RoleTable</c>). Role names are compared as there, by their bytes.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC1009UnsoundRoleAnalyzer() : SecurityRule(MCPSEC1009, MCPSEC1009Duplicate, MCPSEC1009WithoutName, MCPSEC1009EmptyNamespace)
{
    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var compilation = context.Compilation;
        var vocabulary = new Lazy<CapabilityVocabulary>(() => CapabilityVocabulary.Of(compilation), LazyThreadSafetyMode.PublicationOnly);
        var first = new Lazy<Dictionary<string, SyntaxReference>>(() => FirstOfEach(compilation), LazyThreadSafetyMode.PublicationOnly);
        context.RegisterSyntaxNodeAction(node => Analyze(node, vocabulary, first), SyntaxKind.Attribute);
    }

    private static void Analyze(
        SyntaxNodeAnalysisContext context, Lazy<CapabilityVocabulary> vocabulary, Lazy<Dictionary<string, SyntaxReference>> first)
    {
        var attribute = (AttributeSyntax)context.Node;
        if (OwnOutput.Contains(attribute.SyntaxTree)
            || CapabilityArguments.AttributeName(attribute, context.SemanticModel, context.CancellationToken) != McpSymbols.DefineRoleAttribute
            || NameOf(attribute) is not { } nameArgument
            || context.SemanticModel.GetConstantValue(nameArgument.Expression, context.CancellationToken) is not { HasValue: true, Value: var value })
        {
            return;
        }

        var name = value as string;
        if (string.IsNullOrWhiteSpace(name))
        {
            context.ReportDiagnostic(Diagnostic.Create(MCPSEC1009WithoutName, nameArgument.Expression.GetLocation()));
        }
        else if (first.Value.TryGetValue(name!, out var reference) && reference.GetSyntax(context.CancellationToken) is var original && original != attribute)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                MCPSEC1009Duplicate, nameArgument.Expression.GetLocation(), additionalLocations: [original.GetLocation()], name));
        }

        foreach (var argument in CapabilityArguments.Of(attribute, context.SemanticModel, context.CancellationToken))
        {
            UnknownCapability.Report(context, MCPSEC1009, argument, vocabulary.Value, name ?? "");
        }

        foreach (var expression in Namespaces(attribute))
        {
            if (context.SemanticModel.GetConstantValue(expression, context.CancellationToken) is { HasValue: true, Value: var text }
                && string.IsNullOrWhiteSpace(text as string))
            {
                context.ReportDiagnostic(Diagnostic.Create(MCPSEC1009EmptyNamespace, expression.GetLocation(), name));
            }
        }
    }

    /// <summary>The definition that a second one of the same name repeats.</summary>
    private static Dictionary<string, SyntaxReference> FirstOfEach(Compilation compilation)
    {
        var first = new Dictionary<string, SyntaxReference>(StringComparer.Ordinal);
        foreach (var attribute in compilation.Assembly.GetAttributes())
        {
            if (McpSymbols.IsOwnType(attribute.AttributeClass, McpSymbols.DefineRoleAttribute)
                && CapabilityDeclarations.StringArgument(attribute) is { } name
                && attribute.ApplicationSyntaxReference is { } reference
                && !first.ContainsKey(name))
            {
                first.Add(name, reference);
            }
        }

        return first;
    }

    private static AttributeArgumentSyntax? NameOf(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        return arguments.FirstOrDefault(static a => a.NameColon?.Name.Identifier.ValueText is "name")
            ?? arguments.FirstOrDefault(static a => a.NameColon is null && a.NameEquals is null);
    }

    private static IEnumerable<ExpressionSyntax> Namespaces(AttributeSyntax attribute) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(static a => a.NameEquals?.Name.Identifier.ValueText is "Namespaces") is { } argument
        && argument.Expression is CollectionExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax
            ? CapabilityArguments.Elements(argument.Expression)
            : [];
}
