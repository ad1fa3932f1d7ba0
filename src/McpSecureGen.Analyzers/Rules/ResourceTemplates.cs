using System.Text.RegularExpressions;
using McpSecureGen.Analyzers.Inference.Patterns;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Which variables of a resource template can hold a path, by what the SDK's matching lets through (<c>UriTemplate.CreateParser</c>).</summary>
internal static class ResourceTemplates
{
    private static readonly Regex Expression = new(@"\{(?<operator>[+#./;?&]?)(?<list>[^{}]*)\}", RegexOptions.CultureInvariant);

    /// <summary>How a client's value gets into the parameter as a path of several segments, in words; null when it does not or is confined.</summary>
    public static string? Unconfined(Primitive primitive, ClientValue value)
    {
        if (primitive.Kind != PrimitiveKind.Resource || !TypeShapes.HoldsStrings(value.Type) ||
            PrimitiveName.NamedString(primitive.SdkAttribute, "UriTemplate") is not { Length: <= 4096 } template || IsConfined(value))
        {
            return null;
        }

        foreach (Match match in Expression.Matches(template))
        {
            foreach (var variable in match.Groups["list"].Value.Split(','))
            {
                if (string.Equals(NameOf(variable), value.Symbol.Name, StringComparison.OrdinalIgnoreCase) &&
                    How(match.Groups["operator"].Value, variable, template) is { } how)
                {
                    return how;
                }
            }
        }

        return null;
    }

    private static string? How(string @operator, string variable, string template) => @operator switch
    {
        "+" => $"{{+{variable}}}, reserved characters included,",
        "#" => $"{{#{variable}}}, the whole fragment,",
        "/" when variable.EndsWith("*", StringComparison.Ordinal) => $"{{/{variable}}}, any number of segments,",
        not ("?" or "&" or ";") when template.StartsWith("file:", StringComparison.OrdinalIgnoreCase) => $"{{{@operator}{variable}}}",
        _ => null,
    };

    private static string NameOf(string variable)
    {
        var end = variable.IndexOfAny([':', '*']);
        return (end < 0 ? variable : variable.Substring(0, end)).Trim();
    }

    private static bool IsConfined(ClientValue value) => value.Attributes.Any(static attribute =>
        (SafeAttributes.Is(attribute) && attribute.AttributeClass!.Name is not (McpSymbols.SafeTextAttribute or McpSymbols.SafeArgumentAttribute)) ||
        ValidationAttributes.NameOf(attribute) switch
        {
            "AllowedValues" => true,
            "RegularExpression" => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string pattern }] && !PatternFacts.Takes(pattern, @"/\.:"),
            _ => false,
        });
}
