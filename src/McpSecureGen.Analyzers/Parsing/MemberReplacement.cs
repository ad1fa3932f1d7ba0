using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>How generated code puts a canonical value back into a member: by assignment, by its init accessor, or into its backing field.</summary>
internal static class MemberReplacement
{
    public static (string? Replacement, string? Accessor) Of(ISymbol member, INamedTypeSymbol type, ITypeSymbol memberType)
    {
        var self = member.ContainingType;
        var byRef = self.IsValueType ? "ref " : "";
        var method = "Set_" + member.Name;
        if (member is IFieldSymbol { IsReadOnly: false })
        {
            return ($"value.{Identifiers.Escape(member.Name)} = member;", null);
        }

        if (member is IPropertySymbol { SetMethod: { IsInitOnly: false, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal } })
        {
            return ($"value.{Identifiers.Escape(member.Name)} = member;", null);
        }

        if (self.IsGenericType)
        {
            // An accessor needs the type parameters of the declaration; without one the canonical form cannot be stored and the value is refused.
            return (null, null);
        }

        if (member is IPropertySymbol { SetMethod: not null })
        {
            return ($"{method}({byRef}value, member);", $"""
                [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_{member.Name}")]
                private static extern void {method}({byRef}{Literals.TypeName(self)} self, {Literals.TypeName(memberType)} value);
                """);
        }

        if (self.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member)))
        {
            return ($"{method}({byRef}value) = member;", $"""
                [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "<{member.Name}>k__BackingField")]
                private static extern ref {Literals.TypeName(memberType)} {method}({byRef}{Literals.TypeName(self)} self);
                """);
        }

        return (null, null);
    }
}
