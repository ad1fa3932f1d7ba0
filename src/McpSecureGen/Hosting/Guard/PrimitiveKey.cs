using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// The key of a primitive at run time: documentation ids of its reflected type and its method, as Roslyn's <c>GetDocumentationCommentId</c> gives
/// them to the generator.
/// </summary>
/// <remarks>
/// The type part is the <em>reflected</em> type: two classes that inherit one method share its token and handle, and may declare different
/// capabilities.
/// </remarks>
internal static class PrimitiveKey
{
    internal static string Of(MethodInfo method)
    {
        var reflected = Definition(method.ReflectedType!);
        var key = new StringBuilder("T:");
        AppendType(key, reflected);
        key.Append("|M:");
        AppendMethod(key, MethodDefinition(method));
        return key.ToString();
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The SDK has reflected this very method, so its metadata is kept.")]
    private static MethodInfo MethodDefinition(MethodInfo method)
    {
        if (method.IsGenericMethod)
        {
            method = method.GetGenericMethodDefinition();
        }

        var declaring = method.DeclaringType!;
        return declaring is { IsGenericType: true, IsGenericTypeDefinition: false }
            ? (MethodInfo)declaring.GetGenericTypeDefinition().GetMemberWithSameMetadataDefinitionAs(method)
            : method;
    }

    private static Type Definition(Type type) => type is { IsGenericType: true, IsGenericTypeDefinition: false } ? type.GetGenericTypeDefinition() : type;

    private static void AppendMethod(StringBuilder key, MethodInfo method)
    {
        AppendType(key, method.DeclaringType!);
        key.Append('.');

        // An explicit implementation carries its interface in its name, in which the compiler's id replaces just these and drops an alias.
        var name = method.Name;
        var alias = name.IndexOf("::", StringComparison.Ordinal);
        key.Append((alias < 0 ? name : name[(alias + 2)..]).Replace('.', '#').Replace('<', '{').Replace('>', '}'));
        if (method.IsGenericMethodDefinition)
        {
            key.Append("``").Append(method.GetGenericArguments().Length);
        }

        var parameters = method.GetParameters();
        for (var i = 0; i < parameters.Length; i++)
        {
            key.Append(i == 0 ? '(' : ',');
            AppendReference(key, parameters[i].ParameterType);
        }

        if (parameters.Length > 0)
        {
            key.Append(')');
        }
    }

    /// <summary>A type where it is declared: <c>Ns.Outer`1.Inner`2</c>.</summary>
    private static void AppendType(StringBuilder key, Type type)
    {
        if (type.DeclaringType is { } outer)
        {
            AppendType(key, outer);
            key.Append('.');
        }
        else if (!string.IsNullOrEmpty(type.Namespace))
        {
            key.Append(type.Namespace).Append('.');
        }

        key.Append(type.Name);
    }

    /// <summary>A type where it is used: <c>Ns.Outer{System.Int32}.Inner{``0}</c>.</summary>
    private static void AppendReference(StringBuilder key, Type type)
    {
        if (type.IsGenericParameter)
        {
            key.Append(type.IsGenericMethodParameter ? "``" : "`").Append(type.GenericParameterPosition);
        }
        else if (type.IsByRef)
        {
            AppendReference(key, type.GetElementType()!);
            key.Append('@');
        }
        else if (type.IsPointer)
        {
            AppendReference(key, type.GetElementType()!);
            key.Append('*');
        }
        else if (type.IsArray)
        {
            AppendReference(key, type.GetElementType()!);
            key.Append(type.IsSZArray ? "[]" : "[" + string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank())) + "]");
        }
        else
        {
            AppendConstructed(key, type, type.GetGenericArguments());
        }
    }

    private static void AppendConstructed(StringBuilder key, Type type, Type[] arguments)
    {
        var inherited = 0;
        if (type.DeclaringType is { } outer)
        {
            // A nested type repeats the parameters of its outer types first; its own are what is left.
            inherited = outer.GetGenericArguments().Length;
            AppendConstructed(key, outer, arguments[..inherited]);
            key.Append('.');
        }
        else if (!string.IsNullOrEmpty(type.Namespace))
        {
            key.Append(type.Namespace).Append('.');
        }

        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        key.Append(tick < 0 ? type.Name : type.Name[..tick]);
        for (var i = inherited; i < arguments.Length; i++)
        {
            key.Append(i == inherited ? '{' : ',');
            AppendReference(key, arguments[i]);
        }

        if (arguments.Length > inherited)
        {
            key.Append('}');
        }
    }
}
