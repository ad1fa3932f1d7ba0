using System.Reflection;
using McpSecureGen.Hosting.Registration;
using McpSecureGen.Invocation;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>Finds the generated wrapper of one SDK primitive, or says why there is none and what to do.</summary>
internal static class PrimitiveWrapping
{
    internal static SecuredTool Wrap(McpServerTool tool, SecurityServices security)
    {
        var subject = new Subject("tool", tool.ProtocolTool.Name, tool, typeof(McpServerTool), tool.Metadata);
        var secured = Find(subject, security, tool, static (table, key, binding) => table.CreateTool(key, binding));
        ToolSchema.CrossCheck(tool.ProtocolTool, secured.DeclaredArguments, subject.Describe);
        ToolSchema.Tighten(tool.ProtocolTool, secured.DeclaredArguments);
        _ = secured.Gate;
        return secured;
    }

    internal static SecuredPrompt Wrap(McpServerPrompt prompt, SecurityServices security)
    {
        var subject = new Subject("prompt", prompt.ProtocolPrompt.Name, prompt, typeof(McpServerPrompt), prompt.Metadata);
        var secured = Find(subject, security, prompt, static (table, key, binding) => table.CreatePrompt(key, binding));
        ToolSchema.CrossCheck([.. prompt.ProtocolPrompt.Arguments?.Select(static a => a.Name) ?? []], secured.DeclaredArguments, subject.Describe);
        _ = secured.Gate;
        return secured;
    }

    internal static SecuredResource Wrap(McpServerResource resource, SecurityServices security)
    {
        var subject = new Subject("resource", resource.ProtocolResourceTemplate.UriTemplate, resource, typeof(McpServerResource), resource.Metadata);
        var secured = Find(subject, security, resource, static (table, key, binding) => table.CreateResource(key, binding));
        _ = secured.Gate;
        return secured;
    }

    private static TSecured Find<TPrimitive, TSecured>(
        Subject subject,
        SecurityServices security,
        TPrimitive primitive,
        Func<SecuredPrimitivesAttribute, string, PrimitiveBinding<TPrimitive>, TSecured?> create)
        where TPrimitive : class
        where TSecured : class
    {
        if (primitive.GetType().Assembly != subject.SdkBase.Assembly)
        {
            throw subject.Refused(
                $"it is an object of class '{primitive.GetType()}', which decides by itself what happens on a call. " +
                $"Write it as a method with [{subject.SdkBase.Name}] and [RequiresCapability] instead");
        }

        var activation = Provenance.Of(primitive);
        if ((activation?.Method ?? subject.Metadata.OfType<MethodInfo>().FirstOrDefault()) is not { ReflectedType: not null } method)
        {
            throw subject.Refused(
                $"it was made from an AIFunction or without metadata, so its method is unknown. Register the annotated method itself with " +
                $"{subject.SdkBase.Name}.Create(method) or the With... calls");
        }

        var binding = new PrimitiveBinding<TPrimitive>(primitive, activation, security);
        var key = PrimitiveKey.Of(method);
        var hasTable = false;

        // Only those who declare the class or the method are asked: nobody vouches for the methods of another.
        foreach (var assembly in new[] { method.ReflectedType.Assembly, method.DeclaringType!.Assembly }.Distinct())
        {
            foreach (var table in assembly.GetCustomAttributes<SecuredPrimitivesAttribute>())
            {
                hasTable = true;
                if (create(table, key, binding) is { } secured)
                {
                    return secured;
                }
            }
        }

        throw subject.Refused(Remedy(method, hasTable));
    }

    private static string Remedy(MethodInfo method, bool hasTable)
    {
        var name = $"method '{method.ReflectedType}.{method.Name}'";
        if (method.Name.Contains('<', StringComparison.Ordinal))
        {
            return $"{name} is a lambda or local function, which has no generated wrapper. Move it to a method of a class and declare its capabilities there";
        }

        return hasTable
            ? $"{name} declares no capability (MCPSEC1001), or its declarations do not build. Add [RequiresCapability(\"...\")] or [RequiresNoCapability(\"reason\")]"
            : $"{name} lies in an assembly that was built without McpSecureGen ('{method.ReflectedType!.Assembly.GetName().Name}'). Reference the package in that project and declare its capabilities";
    }

    private sealed record Subject(string Kind, string Name, object Primitive, Type SdkBase, IReadOnlyList<object> Metadata)
    {
        internal string Describe => $"{Kind} '{Name}'";

        internal McpSecurityConfigurationException Refused(string why) => new($"- {Describe}: {why}.");
    }
}
