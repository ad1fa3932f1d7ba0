using System.Collections.Immutable;
using System.Globalization;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Reads one primitive into its model. The first and only step that sees symbols.</summary>
internal static class PrimitiveParser
{
    /// <summary>The model, or null when the primitive has no declaration or cannot be expressed: it then has no wrapper, and the guard refuses it.</summary>
    public static PrimitiveModel? Parse(Primitive primitive, CancellationToken cancellationToken)
    {
        var declaration = CapabilityDeclarations.Of(primitive);
        var waiver = string.IsNullOrWhiteSpace(declaration.WaiverReason) ? null : declaration.WaiverReason;
        if ((declaration.Required.IsEmpty && waiver is null) || Key(primitive) is not { } key)
        {
            return null;
        }

        // Code that is being typed: what has no name yet has no wrapper yet.
        if (primitive.Method.Name.Length == 0 || primitive.Method.Parameters.Any(static p => p.Name.Length == 0) || !HasName(primitive.ReflectedType))
        {
            return null;
        }

        var values = new ValueParser(cancellationToken);
        var parameters = ImmutableArray.CreateBuilder<ParameterModel>();
        var isSdkOnly = FallbackReasons.For(primitive) is not null;
        foreach (var parameter in primitive.Method.Parameters)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isSdkOnly && TypeShapes.IsConfined(Concealment.Innermost(parameter.Type)))
            {
                // The SDK would bind the text again, and what it makes of it no rule has seen.
                return null;
            }

            if (ParameterParser.Parse(parameter, primitive.Kind, values) is { } model)
            {
                parameters.Add(model);
            }
            else
            {
                return null;
            }
        }

        var objects = values.Objects;
        if (values.HasFailed)
        {
            return null;
        }

        return new PrimitiveModel(
            primitive.Kind,
            key,
            Name($"{primitive.ReflectedType.ToDisplayString(ShortName)}_{primitive.Method.Name}"),
            primitive.Method.ToDisplayString(Signature),
            declaration.Namespace,
            declaration.Required.ToEquatableArray(),
            waiver,
            McpSymbols.HasSensitive(primitive.Method.GetReturnTypeAttributes()),
            LimitDeclarations.Of(primitive),
            InvocationParser.Parse(primitive, isSdkOnly),
            parameters.ToImmutable(),
            objects,
            values.Waits,
            ObsoleteErrors.In(primitive));
    }

    /// <summary>A wrapper's fields begin with an underscore, so its own name does not: a member cannot be named like its class.</summary>
    private static string Name(string text) => Identifiers.Sanitize(text) is ['_', ..] name ? "Type" + name : Identifiers.Sanitize(text);

    private static SymbolDisplayFormat ShortName { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.None);

    private static SymbolDisplayFormat Signature { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private static bool HasName(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (!type.CanBeReferencedByName)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same text that <c>PrimitiveKey</c> of the runtime makes from reflection.</summary>
    private static string? Key(Primitive primitive) =>
        primitive.ReflectedType.OriginalDefinition.GetDocumentationCommentId() is { } type &&
        primitive.Method.OriginalDefinition.GetDocumentationCommentId() is { } method
            ? Named(type, primitive.ReflectedType) + "|" + Named(method, primitive.Method.ContainingType)
            : null;

    /// <summary>At run time a file-local type has a name of its own, which the id leaves out.</summary>
    private static string Named(string id, INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        if (!type.IsFileLocal)
        {
            return id;
        }

        var start = 2 + (type.ContainingNamespace.IsGlobalNamespace ? 0 : type.ContainingNamespace.ToDisplayString(PlainNamespace).Length + 1);
        return id.Substring(0, start) + type.MetadataName + id.Substring(start + type.Name.Length + (type.Arity == 0 ? 0 : 1 + type.Arity.ToString(CultureInfo.InvariantCulture).Length));
    }

    private static SymbolDisplayFormat PlainNamespace { get; } = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);
}
