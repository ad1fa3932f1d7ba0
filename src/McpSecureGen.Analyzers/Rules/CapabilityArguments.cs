using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>One capability name as written in an attribute.</summary>
/// <param name="Expression">The argument, or the element of an array argument.</param>
/// <param name="Name">Its constant value, null for a null constant.</param>
/// <param name="Place">What the name does there.</param>
internal readonly record struct CapabilityArgument(ExpressionSyntax Expression, string? Name, CapabilityPlace Place);

/// <summary>What a capability name does at the place where it stands.</summary>
internal enum CapabilityPlace
{
    /// <summary>It is demanded of a caller, or implied by another one.</summary>
    Requirement,

    /// <summary>It is defined, so it need not be known.</summary>
    Definition,

    /// <summary>A role grants it.</summary>
    Grant,
}

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
            if (PlaceOf(name, argument, argument.NameEquals is null ? position++ : -1) is not { } place)
            {
                continue;
            }

            foreach (var expression in Elements(argument.Expression))
            {
                if (model.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: null or string } constant)
                {
                    yield return new CapabilityArgument(expression, (string?)constant.Value, place);
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
    public static IEnumerable<ExpressionSyntax> Elements(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression),
        ArrayCreationExpressionSyntax array => array.Initializer?.Expressions ?? [],
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
        _ => [expression],
    };

    /// <summary>Null: no capability stands here.</summary>
    private static CapabilityPlace? PlaceOf(string attribute, AttributeArgumentSyntax argument, int position)
    {
        var property = argument.NameEquals?.Name.Identifier.ValueText;
        var parameter = argument.NameColon?.Name.Identifier.ValueText;
        return attribute switch
        {
            McpSymbols.RequiresCapabilityAttribute => property is null ? CapabilityPlace.Requirement : null,
            McpSymbols.DefineCapabilityAttribute when property is null => CapabilityPlace.Definition,
            McpSymbols.DefineCapabilityAttribute => property is "Implies" ? CapabilityPlace.Requirement : null,
            McpSymbols.DefineRoleAttribute => property is null && (parameter is "capabilities" || (parameter is null && position > 0))
                ? CapabilityPlace.Grant
                : null,
            _ => null,
        };
    }
}
