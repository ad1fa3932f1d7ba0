using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Decides where a parameter's value comes from, and how it is checked when it comes from the client.</summary>
internal static class ParameterParser
{
    public static ParameterModel? Parse(IParameterSymbol parameter, PrimitiveKind kind, ValueParser values)
    {
        if (!ClientParameters.IsClient(parameter))
        {
            return TypeShapes.IsNameable(parameter.Type) && parameter.Type.TypeKind != TypeKind.TypeParameter
                ? new ParameterModel(parameter.Name, Literals.TypeName(parameter.Type), InjectedParameters.Expression(parameter, kind), null)
                : null;
        }

        if (!TypeShapes.IsNameable(parameter.Type) || !TypeShapes.CanHold(parameter.Type))
        {
            // A type that the wrapper cannot name or does not know cannot be checked by it.
            return null;
        }

        var attributes = InheritedAttributes.Of(parameter);
        var argument = new ArgumentModel(
            values.Reader(parameter.Type),
            ValueParser.AcceptsNull(parameter.Type, attributes),
            parameter.HasExplicitDefaultValue && !IsRequired(parameter) ? Literals.DefaultOf(parameter) : null,
            values.RulesOf(parameter.Type, attributes, parameter.Name, isRoot: true),
            McpSymbols.HasSensitive(attributes),
            kind != PrimitiveKind.Resource && MayBeService(parameter.Type),
            Concealment.Of(parameter.Type, values.ObjectOf));
        return new ParameterModel(parameter.Name, Literals.TypeName(parameter.Type), null, argument);
    }

    /// <summary>A class that is neither a record nor a collection, of the author's own: data or a service, as the container says.</summary>
    private static bool MayBeService(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Class, IsRecord: false, SpecialType: SpecialType.None } named && ObjectParser.IsObject(named);

    private static bool IsRequired(IParameterSymbol parameter) => parameter.GetAttributes().Any(static a => a.AttributeClass is { Name: "RequiredAttribute" });
}
