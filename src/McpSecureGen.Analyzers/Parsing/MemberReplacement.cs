using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>How generated code puts a canonical value back into a member: by assignment, by its init accessor, or into its backing field.</summary>
internal static class MemberReplacement
{
    public static (string? Replacement, string? Accessor) Of(ISymbol member, INamedTypeSymbol type, ITypeSymbol memberType)
    {
        var self = member.ContainingType;
        var byRef = self.IsValueType ? "ref " : "";
        if (member is IFieldSymbol { IsReadOnly: false })
        {
            return ($"value.{Identifiers.Escape(member.Name)} = member;", null);
        }

        if (member is IPropertySymbol { SetMethod: { IsInitOnly: false } setter } &&
            (setter.DeclaredAccessibility == Accessibility.Public || (setter.DeclaredAccessibility == Accessibility.Internal && SourceLocations.IsInSource(member))))
        {
            return ($"value.{Identifiers.Escape(member.Name)} = member;", null);
        }

        if (self.TypeKind == TypeKind.Interface || !TypeShapes.IsNameable(self))
        {
            return (null, null);
        }

        // An accessor speaks of the declaration: of a generic type's with type parameters of its own, which are those of a class around it.
        var name = "Set_" + member.Name;
        var parameters = TypeParametersOf(self.OriginalDefinition);
        var method = parameters.Length == 0 ? name : $"{name}_Of<{string.Join(", ", TypeArgumentsOf(self).Select(Literals.TypeName))}>.{name}";
        var declaredType = member.OriginalDefinition is IPropertySymbol declared ? Literals.TypeName(declared.Type) : Literals.TypeName(memberType);
        var declaredSelf = Literals.TypeName(self.OriginalDefinition);
        if (member is IPropertySymbol { SetMethod: not null })
        {
            return ($"{method}({byRef}value, member);", Around($"""
                [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = "set_{member.Name}")]
                {(parameters.Length == 0 ? "private" : "internal")} static extern void {name}({byRef}{declaredSelf} self, {declaredType} value);
                """));
        }

        if (self.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, member)))
        {
            return ($"{method}({byRef}value) = member;", Around($"""
                [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "<{member.Name}>k__BackingField")]
                {(parameters.Length == 0 ? "private" : "internal")} static extern ref {declaredType} {name}({byRef}{declaredSelf} self);
                """));
        }

        return (null, null);

        string Around(string accessor) => parameters.Length == 0
            ? accessor
            : $$"""
                private static class {{name}}_Of<{{string.Join(", ", parameters.Select(static p => Identifiers.Escape(p.Name)))}}>{{string.Concat(parameters.Select(ConstraintsOf))}}
                {
                    {{accessor.Replace("\n", "\n    ")}}
                }
                """;
    }

    /// <summary>Those of the types around it first, as in metadata.</summary>
    private static ITypeParameterSymbol[] TypeParametersOf(INamedTypeSymbol? type) =>
        type is null ? [] : [.. TypeParametersOf(type.ContainingType), .. type.TypeParameters];

    private static IEnumerable<ITypeSymbol> TypeArgumentsOf(INamedTypeSymbol? type) =>
        type is null ? [] : TypeArgumentsOf(type.ContainingType).Concat(type.TypeArguments);

    /// <summary>An accessor's type parameters must be constrained as those of the declaration.</summary>
    private static string ConstraintsOf(ITypeParameterSymbol parameter)
    {
        var constraints = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            constraints.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            constraints.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            constraints.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            constraints.Add("notnull");
        }

        constraints.AddRange(parameter.ConstraintTypes.Select(static type =>
            Literals.TypeName(type) + (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "?" : "")));
        if (parameter.HasConstructorConstraint)
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {Identifiers.Escape(parameter.Name)} : {string.Join(", ", constraints)}";
    }
}
