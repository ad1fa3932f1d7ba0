using System.Text.RegularExpressions;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>Which members of the framework hand text on.</summary>
internal static class FlowRules
{
    /// <summary>The beginning of a URL whose host, or scheme, is still open; <c>x</c> stands for what is not constant.</summary>
    private static readonly Regex OpenUrl = new(@"\A(?:[A-Za-z][A-Za-z0-9+.-]*(?::(?://[^/?#]*)?)?)?\z", RegexOptions.CultureInvariant);

    public static bool LeavesHostOpen(string beginning) => beginning.Length <= 256 && OpenUrl.IsMatch(beginning);

    /// <summary>Whether a value of the type can still be the text: a number or a date that was read from it cannot.</summary>
    public static bool CarriesText(ITypeSymbol? type) => type is not null &&
        (type is not { IsValueType: true } || type is INamedTypeSymbol { Arity: > 0 } or { IsTupleType: true }) &&
        type.TypeKind is not (TypeKind.Enum or TypeKind.Delegate) &&
        type.SpecialType != SpecialType.System_Void;

    /// <summary>Whether the result of the call, or the object it is called on, holds the text of its arguments.</summary>
    public static bool HandsOn(IMethodSymbol method)
    {
        if (method.ContainingType is not { } type)
        {
            return false;
        }

        if (type.SpecialType is SpecialType.System_String or SpecialType.System_Object)
        {
            return true;
        }

        return type.Name switch
        {
            "Path" => McpSymbols.IsNamespace(type.ContainingNamespace, "System.IO"),
            "FileInfo" or "DirectoryInfo" => method.MethodKind == MethodKind.Constructor && McpSymbols.IsNamespace(type.ContainingNamespace, "System.IO"),
            "Uri" or "UriBuilder" or "MemoryExtensions" or "Convert" or "ReadOnlySpan" or "Environment" => McpSymbols.IsNamespace(type.ContainingNamespace, "System"),
            "StringBuilder" => McpSymbols.IsNamespace(type.ContainingNamespace, "System.Text"),
            "WebUtility" => McpSymbols.IsNamespace(type.ContainingNamespace, "System.Net"),
            "Enumerable" => McpSymbols.IsNamespace(type.ContainingNamespace, "System.Linq"),
            "Task" or "ValueTask" => McpSymbols.IsNamespace(type.ContainingNamespace, "System.Threading.Tasks"),
            _ => McpSymbols.IsNamespace(type.ContainingNamespace, "System.Collections.Generic") ||
                McpSymbols.IsNamespace(type.ContainingNamespace, "System.Collections.Immutable") ||
                McpSymbols.IsNamespace(type.ContainingNamespace, "System.Collections.ObjectModel"),
        };
    }

    /// <summary>Whether the call puts its arguments into the object it is called on.</summary>
    public static bool Collects(IMethodSymbol method) => !method.IsStatic && HandsOn(method) &&
        (method.Name.StartsWith("Add", StringComparison.Ordinal) || method.Name.StartsWith("Append", StringComparison.Ordinal) || method.Name is "Insert" or "Push" or "Enqueue");

    public static bool IsRegex(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Regex" } && McpSymbols.IsNamespace(type.ContainingNamespace, "System.Text.RegularExpressions");
}
