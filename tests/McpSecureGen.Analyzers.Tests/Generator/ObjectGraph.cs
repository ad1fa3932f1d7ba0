using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>Everything that can be reached from a value through fields and elements.</summary>
internal static class ObjectGraph
{
    /// <summary>The path to the first object that keeps a compilation alive; null when there is none.</summary>
    public static string? FindForbidden(object? root) => Find(root, root?.GetType().Name ?? "", new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static string? Find(object? node, string path, HashSet<object> seen)
    {
        if (node is null or string || node.GetType() is { IsPrimitive: true } or { IsEnum: true } or { IsPointer: true })
        {
            return null;
        }

        if (node is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Location or Compilation or IOperation or Diagnostic or SemanticModel or AttributeData or SourceText or SyntaxToken or Delegate)
        {
            return $"{path}: {node.GetType().Name}";
        }

        if (!node.GetType().IsValueType && !seen.Add(node))
        {
            return null;
        }

        if (node is Array items)
        {
            var index = 0;
            foreach (var item in items)
            {
                if (Find(item, $"{path}[{index++}]", seen) is { } found)
                {
                    return found;
                }
            }

            return null;
        }

        for (var type = node.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (!field.FieldType.IsPrimitive && Find(field.GetValue(node), $"{path}.{field.Name}", seen) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
