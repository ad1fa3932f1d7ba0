using System.Reflection;
using McpSecureGen.Validation.Output;

namespace McpSecureGen.Invocation;

/// <summary>Whether the declared type of a method's result holds sensitive members.</summary>
internal static class SensitiveResults
{
    internal static bool MayReveal(IReadOnlyList<object> metadata, StructuredContent structure)
    {
        foreach (var entry in metadata)
        {
            if (entry is MethodInfo method)
            {
                return SensitiveContract.Of(structure.Options).Reaches(Awaited(method.ReturnType));
            }
        }

        // A primitive without a method is refused at start-up.
        return true;
    }

    private static Type Awaited(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)) ? type.GetGenericArguments()[0] : type;
}
