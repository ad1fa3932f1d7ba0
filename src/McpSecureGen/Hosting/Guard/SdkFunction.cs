using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace McpSecureGen.Hosting.Guard;

/// <summary>
/// The method that an SDK-made primitive really runs. Its metadata is the author's to set, so it may name a declared method and run another; the
/// function inside cannot.
/// </summary>
/// <remarks>Read from the SDK's internals. An SDK that no longer has them gives no answer, and no answer refuses.</remarks>
internal static class SdkFunction
{
    private const string Namespace = "ModelContextProtocol.Server.";
    private const string Assembly = ", ModelContextProtocol.Core";
    private const string Tool = Namespace + "AIFunctionMcpServerTool";
    private const string Prompt = Namespace + "AIFunctionMcpServerPrompt";
    private const string Resource = Namespace + "AIFunctionMcpServerResource";

    internal static bool Runs(object primitive, MethodInfo method)
    {
        try
        {
            var function = primitive.GetType().FullName switch
            {
                Tool => OfTool(primitive),
                Prompt => OfPrompt(primitive),
                Resource => OfResource(primitive),
                _ => null,
            };

            // A function of another assembly may wrap one that runs the method, and do something else before.
            return function is not null && function.GetType().Assembly == typeof(AIFunction).Assembly && function.UnderlyingMethod == method;
        }
        catch (MissingMethodException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_AIFunction")]
    private static extern AIFunction OfTool([UnsafeAccessorType(Tool + Assembly)] object tool);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_AIFunction")]
    private static extern AIFunction OfPrompt([UnsafeAccessorType(Prompt + Assembly)] object prompt);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_AIFunction")]
    private static extern AIFunction OfResource([UnsafeAccessorType(Resource + Assembly)] object resource);
}
