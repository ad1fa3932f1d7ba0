using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Finds the way to call a method: by its name where generated code may speak it, through an accessor where not.</summary>
internal static class InvocationParser
{
    private const string Unsafe = "global::System.Runtime.CompilerServices.UnsafeAccessor";

    public static InvocationModel Parse(Primitive primitive, bool isSdkOnly)
    {
        var method = primitive.Method;
        var shape = ShapeOf(method.ReturnType);
        if (isSdkOnly)
        {
            return new InvocationModel(null, "", null, shape, IsSdkOnly: true, IsSimple: false);
        }

        var target = primitive.ReflectedType;
        var name = Identifiers.Escape(method.Name);
        if (TypeShapes.IsNameable(target) && IsSpeakable(method))
        {
            // Called on the declaring type: the reflected one may hide the method behind another of its name.
            return method.IsStatic
                ? new InvocationModel(null, $"{Literals.TypeName(method.ContainingType)}.{name}", null, shape, false, IsSimple(method))
                : new InvocationModel(Literals.TypeName(method.ContainingType), name, null, shape, false, false);
        }

        var self = method.IsStatic ? "null"
            : TypeShapes.IsNameable(method.ContainingType) ? $"({Literals.TypeName(method.ContainingType)})call.Target()"
            : "call.Target()";
        return new InvocationModel(null, "InvokeMethod", Accessor(method), shape, false, method.IsStatic && IsSimple(method), self);
    }

    /// <summary>Whether an accessor can be written: it needs every type of the signature by name, and a declaring type without type arguments.</summary>
    public static bool CanBeAccessed(Primitive primitive)
    {
        var method = primitive.Method;
        return (TypeShapes.IsNameable(primitive.ReflectedType) && IsSpeakable(method)) || (
            !method.ContainingType.IsGenericType &&
            (method.IsStatic || method.ContainingType.IsReferenceType) &&
            method.RefKind == RefKind.None &&
            !HasFileLocalPart(method.ContainingType) &&
            method.ExplicitInterfaceImplementations.IsEmpty &&
            TypeShapes.IsNameable(method.ReturnType) &&
            method.Parameters.All(static parameter => TypeShapes.IsNameable(parameter.Type)));
    }

    private static string Accessor(IMethodSymbol method)
    {
        var declaring = method.ContainingType;
        var parameters = method.Parameters.Select(static p => $"{Literals.TypeName(p.Type)} {Identifiers.Escape(p.Name)}_");
        var self = TypeShapes.IsNameable(declaring) && !declaring.IsStatic
            ? $"{Literals.TypeName(declaring)}{(declaring.IsReferenceType ? "?" : "")} self"
            : $"[global::System.Runtime.CompilerServices.UnsafeAccessorType({Literals.Text(ReflectionName(declaring))})] object? self";
        return $"""
            [{Unsafe}({Unsafe}Kind.{(method.IsStatic ? "StaticMethod" : "Method")}, Name = {Literals.Text(method.Name)})]
            private static extern {(method.ReturnsVoid ? "void" : Literals.TypeName(method.ReturnType))} InvokeMethod({string.Join(", ", new[] { self }.Concat(parameters))});
            """;
    }

    private static bool IsSpeakable(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Ordinary &&
        !Changes(method) &&
        method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal &&
        TypeShapes.IsNameable(method.ContainingType) &&
        (method.DeclaredAccessibility == Accessibility.Public || SourceLocations.IsInSource(method));

    /// <summary>Whether a call by name could become another call, or none.</summary>
    private static bool Changes(IMethodSymbol method) =>
        method.GetAttributes().Any(static a => a.AttributeClass?.Name == "ConditionalAttribute") ||
        method.ContainingType.GetMembers(method.Name).Any(static m => m.GetAttributes().Any(static a => a.AttributeClass?.Name == "OverloadResolutionPriorityAttribute"));

    private static bool HasFileLocalPart(INamedTypeSymbol type) =>
        type.IsFileLocal || (type.ContainingType is { } outer && HasFileLocalPart(outer));

    /// <summary>Without an object to run on and without values that need the serializer, a direct call is right whatever the route was.</summary>
    private static bool IsSimple(IMethodSymbol method) =>
        ShapeOf(method.ReturnType) == ReturnShape.Nothing || method.ReturnType.SpecialType == SpecialType.System_String
            ? method.Parameters.All(static p => !ClientParameters.IsClient(p) || IsScalar(p.Type))
            : false;

    private static bool IsScalar(ITypeSymbol type) => TypeShapes.IsString(type) || type.SpecialType == SpecialType.System_Boolean || TypeShapes.IsNumeric(type);

    private static ReturnShape ShapeOf(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_Void)
        {
            return ReturnShape.Nothing;
        }

        return type is INamedTypeSymbol { Name: "Task" or "ValueTask" } task && McpSymbols.IsNamespace(task.ContainingNamespace, "System.Threading.Tasks")
            ? task.Arity == 0 ? ReturnShape.Task : ReturnShape.TaskOfValue
            : ReturnShape.Value;
    }

    private static string ReflectionName(INamedTypeSymbol type)
    {
        var name = type.MetadataName;
        var outermost = type;
        while (outermost.ContainingType is { } outer)
        {
            name = outer.MetadataName + "+" + name;
            outermost = outer;
        }

        return $"{(outermost.ContainingNamespace.IsGlobalNamespace ? "" : outermost.ContainingNamespace.ToDisplayString() + ".")}{name}, {type.ContainingAssembly.Name}";
    }
}
