using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The statement that keeps the sensitive members of a value out of error messages, however deep in collections they stand.</summary>
internal static class Concealment
{
    /// <summary>Stands for the value in a statement; who writes it puts the expression there.</summary>
    public const string Value = "$value$";

    /// <summary>The statement, or null when the type holds nothing sensitive.</summary>
    public static string? Of(ITypeSymbol type, Func<ITypeSymbol, string?> ruleOf)
    {
        var statement = Of(type, Value, 0, ruleOf);

        // A block of its own: the variable of a pattern lives on behind its statement.
        return statement is null || TypeShapes.ElementType(type) is null ? statement : "{\n    " + statement.Replace("\n", "\n    ") + "\n}";
    }

    /// <summary>What a collection, and a collection in it, holds in the end; a dictionary holds its values.</summary>
    public static ITypeSymbol Innermost(ITypeSymbol type)
    {
        while (TypeShapes.ElementType(type) is { } element)
        {
            type = TypeShapes.Pair(element)?.Value ?? element;
        }

        return TypeShapes.WithoutNullable(type);
    }

    private static string? Of(ITypeSymbol type, string expression, int depth, Func<ITypeSymbol, string?> ruleOf)
    {
        if (TypeShapes.ElementType(type) is not { } element)
        {
            var plain = TypeShapes.WithoutNullable(type);
            return ObjectParser.HasSensitive(plain) && ruleOf(plain) is { } rule ? $"{rule}.Conceal(call, {expression});" : null;
        }

        var pairValue = TypeShapes.Pair(element)?.Value;
        var inner = Of(pairValue ?? element, pairValue is null ? $"item{depth}" : $"item{depth}.Value", depth + 1, ruleOf);
        return inner is null ? null : $$"""
            if ({{expression}} is { } items{{depth}})
            {
                foreach (var item{{depth}} in items{{depth}})
                {
                    {{inner.Replace("\n", "\n        ")}}
                }
            }
            """;
    }
}
