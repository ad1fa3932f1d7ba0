using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Which methods and classes of a compilation lead to a primitive.</summary>
internal sealed class PrimitiveSurface(Compilation compilation, CancellationToken cancellationToken)
{
    private readonly SourceTypes _types = new(compilation, cancellationToken);

    /// <summary>A program is nobody's library: all heirs of its classes are here.</summary>
    private readonly bool _isLibrary = compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule;

    /// <summary>Whether the method is a primitive, or one overrides it.</summary>
    public bool Reaches(IMethodSymbol method)
    {
        method = (method.PartialDefinitionPart ?? method).OriginalDefinition;
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction)
        {
            return false;
        }

        if (PrimitiveFinder.IsPrimitive(method) || (method.PartialImplementationPart is { } part && PrimitiveFinder.IsPrimitive(part)))
        {
            return true;
        }

        if (!method.IsVirtual && !method.IsAbstract && !method.IsOverride)
        {
            return false;
        }

        foreach (var heir in _types.DerivedFrom(method.ContainingType))
        {
            foreach (var primitive in PrimitiveFinder.Find(heir))
            {
                for (var m = primitive.Method; m is not null; m = m.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>Whether a primitive is reached through the class or one that derives from it.</summary>
    public bool HasPrimitive(INamedTypeSymbol type)
    {
        if (!PrimitiveFinder.Find(type).IsEmpty)
        {
            return true;
        }

        foreach (var heir in _types.DerivedFrom(type))
        {
            if (!PrimitiveFinder.Find(heir).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a class of another assembly may derive from the type and bring the primitives.</summary>
    public bool MayBeDerivedElsewhere(INamedTypeSymbol type)
    {
        if (!_isLibrary || type.IsSealed || type.IsStatic || type.TypeKind != TypeKind.Class)
        {
            return false;
        }

        for (var level = type; level is not null; level = level.ContainingType)
        {
            if (level.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a primitive of another assembly may override the method.</summary>
    public bool MayBeOverriddenElsewhere(IMethodSymbol method) =>
        (method.IsVirtual || method.IsAbstract || method.IsOverride)
        && !method.IsSealed
        && method.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && MayBeDerivedElsewhere(method.ContainingType);

    /// <summary>The primitive that implements the interface's method, when there is exactly one.</summary>
    public IMethodSymbol? OnlyImplementation(IMethodSymbol member)
    {
        IMethodSymbol? only = null;
        foreach (var type in _types.All)
        {
            foreach (var contract in type.TypeKind == TypeKind.Interface ? [] : type.AllInterfaces)
            {
                if (!SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, member.ContainingType.OriginalDefinition)
                    || contract.GetMembers(member.Name).FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member.OriginalDefinition)) is not { } constructed
                    || type.FindImplementationForInterfaceMember(constructed) is not IMethodSymbol implementation
                    || !PrimitiveFinder.IsPrimitive(implementation))
                {
                    continue;
                }

                if (only is not null && !SymbolEqualityComparer.Default.Equals(only, implementation.OriginalDefinition))
                {
                    return null;
                }

                only = implementation.OriginalDefinition;
            }
        }

        return only;
    }
}
