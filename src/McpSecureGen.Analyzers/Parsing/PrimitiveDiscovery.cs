using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The transforms of the generator's first steps: from syntax and symbols to models.</summary>
internal static class PrimitiveDiscovery
{
    /// <summary>A method with the SDK's attribute on itself, as a primitive of its own class.</summary>
    public static PrimitiveModel? Attributed(GeneratorAttributeSyntaxContext context, PrimitiveKind kind, CancellationToken cancellationToken)
    {
        // Any type may have the attribute's name; only the SDK's makes a primitive.
        if (!McpSymbols.References(context.SemanticModel.Compilation) || !KnowsRuntime(context.SemanticModel.Compilation) ||
            context.TargetSymbol is not IMethodSymbol { MethodKind: not (MethodKind.LocalFunction or MethodKind.AnonymousFunction) } method ||
            method.ContainingType.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) ||
            context.Attributes.FirstOrDefault(a => McpSymbols.KindOf(a.AttributeClass) == kind) is not { } attribute)
        {
            return null;
        }

        return PrimitiveParser.Parse(new Primitive(method.ContainingType, method.PartialDefinitionPart ?? method, kind, attribute), cancellationToken);
    }

    /// <summary>Only a type with a base list can inherit a primitive.</summary>
    public static bool MayInherit(SyntaxNode node) => node is TypeDeclarationSyntax { BaseList: not null } and not InterfaceDeclarationSyntax;

    /// <summary>The primitives of a class whose attribute stands elsewhere: inherited methods, and overrides of attributed ones.</summary>
    public static EquatableArray<PrimitiveModel> Inherited(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (!McpSymbols.References(context.SemanticModel.Compilation) || !KnowsRuntime(context.SemanticModel.Compilation) ||
            context.SemanticModel.GetDeclaredSymbol(context.Node, cancellationToken) is not INamedTypeSymbol type || !HasBase(type) ||
            !IsFirstPart(type, context.Node, cancellationToken))
        {
            return default;
        }

        var models = ImmutableArray.CreateBuilder<PrimitiveModel>();
        foreach (var primitive in PrimitiveFinder.Find(type))
        {
            if ((primitive.IsInherited || !primitive.Method.GetAttributes().Any(a => McpSymbols.KindOf(a.AttributeClass) == primitive.Kind)) &&
                PrimitiveParser.Parse(primitive, cancellationToken) is { } model)
            {
                models.Add(model);
            }
        }

        return models.ToImmutable();
    }

    /// <summary>What the assembly and its references define; null in a project without this library.</summary>
    public static DefinitionsModel? Definitions(Compilation compilation)
    {
        if (!KnowsRuntime(compilation))
        {
            return null;
        }

        var vocabulary = CapabilityVocabulary.Of(compilation);
        var roles = CapabilityVocabulary.RolesOf(compilation.Assembly);
        return new DefinitionsModel(
            vocabulary.Defined, roles.ToEquatableArray(), !roles.IsEmpty || !CapabilityVocabulary.DefinitionsOf(compilation.Assembly).IsEmpty);
    }

    /// <summary>Of a partial class one part speaks: the first with a base list.</summary>
    private static bool IsFirstPart(INamedTypeSymbol type, SyntaxNode node, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).FirstOrDefault(MayInherit) == node;

    private static bool HasBase(INamedTypeSymbol type) => type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) };

    private static bool KnowsRuntime(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(static name => string.Equals(name.Name, McpSymbols.OwnAssembly, StringComparison.OrdinalIgnoreCase));
}
