using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>One capability name as written in an attribute.</summary>
/// <param name="Expression">The argument, or the element of an array argument.</param>
/// <param name="Name">Its constant value, null for a null constant.</param>
/// <param name="IsDefinition">Whether the place defines the name, so that it need not be known.</param>
internal readonly record struct CapabilityArgument(ExpressionSyntax Expression, string? Name, bool IsDefinition);

/// <summary>Reads the capability names of <c>RequiresCapability</c>, <c>DefineCapability</c> and <c>DefineRole</c> from syntax, to have a place for each.</summary>
internal static class CapabilityArguments
{
    public static IEnumerable<CapabilityArgument> Of(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
    {
        if (attribute.ArgumentList is null || AttributeName(attribute, model, cancellationToken) is not { } name)
        {
            yield break;
        }

        var position = 0;
        foreach (var argument in attribute.ArgumentList.Arguments)
        {
            var role = RoleOf(name, argument, argument.NameEquals is null ? position++ : -1);
            if (role is not { } isDefinition)
            {
                continue;
            }

            foreach (var expression in Elements(argument.Expression))
            {
                if (model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: null or string } constant)
                {
                    yield return new CapabilityArgument(expression, (string?)constant.Value, isDefinition);
                }
            }
        }
    }

    /// <summary>The own attribute class of that syntax, if it is one.</summary>
    public static string? AttributeName(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
    {
        var type = model.GetTypeInfo(attribute, cancellationToken).Type;
        return type is not null && McpSymbols.IsOwnType(type, type.Name) ? type.Name : null;
    }

    /// <summary>The elements of an array or collection expression, else the expression itself.</summary>
    private static IEnumerable<ExpressionSyntax> Elements(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
        ArrayCreationExpressionSyntax array => array.Initializer?.Expressions ?? [],
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        _ => [expression],
    };

    /// <summary>Null: no capability stands here. Otherwise whether the place defines the name.</summary>
    private static bool? RoleOf(string attribute, AttributeArgumentSyntax argument, int position)
    {
        var property = argument.NameEquals?.Name.Identifier.ValueText;
        var parameter = argument.NameColon?.Name.Identifier.ValueText;
        return attribute switch
        {
            McpSymbols.RequiresCapabilityAttribute => property is null ? false : null,
            McpSymbols.DefineCapabilityAttribute when property is null => true,
            McpSymbols.DefineCapabilityAttribute => property is "Implies" ? false : null,
            McpSymbols.DefineRoleAttribute => property is null && (parameter is "capabilities" || (parameter is null && position > 0)) ? false : null,
            _ => null,
        };
    }
}
