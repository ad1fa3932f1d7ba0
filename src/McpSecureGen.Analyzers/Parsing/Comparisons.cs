using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary><c>[Compare("Other")]</c>: a rule of the object, because it looks at two members.</summary>
internal static class Comparisons
{
    private const string Annotations = "System.ComponentModel.DataAnnotations";

    public static bool Is(AttributeData attribute) =>
        McpSymbols.Is(attribute.AttributeClass, "System.ComponentModel.Annotations", Annotations, "CompareAttribute");

    /// <summary>The rules of a member's comparisons; null for one that generated code cannot make, because it names no member that it can read.</summary>
    public static IEnumerable<string?> Of(ClientMember member, INamedTypeSymbol type, string jsonName)
    {
        foreach (var attribute in member.Attributes.Where(Is))
        {
            var other = ObjectParser.PropertyOf(type, attribute.ConstructorArguments is [{ Value: string name }] ? name : null);
            yield return other is null || Literals.Attribute(attribute) is not { } creation || !TypeShapes.IsNameable(other.Type) || !TypeShapes.CanHold(other.Type)
                ? null
                : $"new global::McpSecureGen.Validation.Rules.ComparisonRule<{Literals.TypeName(type)}, {Literals.TypeName(member.Type)}, {Literals.TypeName(other.Type)}>(" +
                  $"{creation}, {Literals.Text(jsonName)}, static value => value.{Identifiers.Escape(member.Symbol.Name)}, static value => value.{Identifiers.Escape(other.Name)})";
        }
    }
}
