using System.Globalization;
using System.Text;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The name a client sees, derived as the SDK derives it (<c>AIFunctionMcpServerTool.DeriveName</c>).</summary>
internal static class PrimitiveName
{
    private const string AsyncSuffix = "Async";

    public static string Of(Primitive primitive) => NamedString(primitive.SdkAttribute, "Name") ?? Derive(primitive.Method);

    /// <summary>What must be unique in a server: a name, or for a resource its URI template.</summary>
    public static string Identity(Primitive primitive)
    {
        if (primitive.Kind != PrimitiveKind.Resource)
        {
            return Of(primitive);
        }

        var template = NamedString(primitive.SdkAttribute, "UriTemplate");
        if (template is null)
        {
            var names = primitive.Method.Parameters.Where(ClientParameters.IsClient).Select(p => p.Name).ToArray();
            return "resource://mcp/" + Uri.EscapeDataString(Of(primitive)) + (names.Length == 0 ? "" : "{?" + string.Join(",", names) + "}");
        }

        // The SDK compares templates as text and plain addresses as URIs: host and scheme without regard to case, fragments left out.
        return template.IndexOf('{') < 0 && Uri.TryCreate(template, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Query) : template;
    }

    public static string Derive(IMethodSymbol method)
    {
        var name = method.Name;
        if (name.EndsWith(AsyncSuffix, StringComparison.Ordinal) && name.Length > AsyncSuffix.Length && IsAsynchronous(method.ReturnType))
        {
            name = name.Substring(0, name.Length - AsyncSuffix.Length);
        }

        name = ReplaceOthers(name).Trim('_');
        return SnakeCase(name.Length == 0 ? method.Name : name);
    }

    public static string? NamedString(AttributeData attribute, string property)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (string.Equals(argument.Key, property, StringComparison.Ordinal) && argument.Value is { Kind: TypedConstantKind.Primitive, Value: string text })
            {
                return text;
            }
        }

        return null;
    }

    private static bool IsAsynchronous(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Task" or "ValueTask" or "IAsyncEnumerable", Arity: <= 1 } named
        && (McpSymbols.IsNamespace(named.ContainingNamespace, "System.Threading.Tasks")
            || McpSymbols.IsNamespace(named.ContainingNamespace, "System.Collections.Generic"));

    private static string ReplaceOthers(string name)
    {
        var result = new StringBuilder(name.Length);
        var replaced = false;
        foreach (var c in name)
        {
            if (c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))
            {
                result.Append(c);
                replaced = false;
            }
            else if (!replaced)
            {
                result.Append('_');
                replaced = true;
            }
        }

        return result.ToString();
    }

    /// <summary>System.Text.Json's <c>JsonNamingPolicy.SnakeCaseLower</c>, which an analyzer cannot reference.</summary>
    private static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        var previous = WordState.NotStarted;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            switch (CharUnicodeInfo.GetUnicodeCategory(c))
            {
                case UnicodeCategory.UppercaseLetter:
                    if (previous == WordState.LowerOrDigit
                        || (previous == WordState.Upper && i + 1 < name.Length && char.IsLower(name[i + 1])))
                    {
                        result.Append('_');
                    }

                    result.Append(char.ToLowerInvariant(c));
                    previous = WordState.Upper;
                    break;
                case UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber:
                    result.Append(c);
                    previous = WordState.LowerOrDigit;
                    break;
                default:
                    result.Append(c);
                    previous = WordState.NotStarted;
                    break;
            }
        }

        return result.ToString();
    }

    private enum WordState
    {
        NotStarted,
        Upper,
        LowerOrDigit,
    }
}
