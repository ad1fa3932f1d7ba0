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
        var subject = Of(tool);
        var secured = Create(subject, security, tool, static (table, key, binding) => table.CreateTool(key, binding));
        ToolSchema.CrossCheck(tool.ProtocolTool, secured.DeclaredArguments, subject.Describe);
        ToolSchema.Tighten(tool.ProtocolTool, secured.DeclaredArguments);
        _ = secured.Gate;
        return secured;
    }

    internal static SecuredPrompt Wrap(McpServerPrompt prompt, SecurityServices security)
    {
        var subject = Of(prompt);
        var secured = Create(subject, security, prompt, static (table, key, binding) => table.CreatePrompt(key, binding));
        ToolSchema.CrossCheck([.. prompt.ProtocolPrompt.Arguments?.Select(static a => a.Name) ?? []], secured.DeclaredArguments, subject.Describe);
        _ = secured.Gate;
        return secured;
    }

    internal static SecuredResource Wrap(McpServerResource resource, SecurityServices security)
    {
        var subject = Of(resource);
        var secured = Create(subject, security, resource, static (table, key, binding) => table.CreateResource(key, binding));
        _ = secured.Gate;
        return secured;
    }

    /// <summary>The reasons why primitives of a server cannot be secured, found without any configuration.</summary>
    internal static IReadOnlyList<string> Unsecured(McpServerOptions options)
    {
        IEnumerable<Subject> subjects =
        [
            .. (options.ToolCollection?.ToArray() ?? []).Where(static tool => tool is not SecuredTool).Select(Of),
            .. (options.PromptCollection?.ToArray() ?? []).Where(static prompt => prompt is not SecuredPrompt).Select(Of),
            .. (options.ResourceCollection?.ToArray() ?? []).Where(static resource => resource is not SecuredResource).Select(Of),
        ];
        var problems = new List<string>();
        foreach (var subject in subjects)
        {
            try
            {
                Locate(subject);
            }
            catch (McpSecurityConfigurationException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return problems;
    }

    private static TSecured Create<TPrimitive, TSecured>(
        Subject subject,
        SecurityServices security,
        TPrimitive primitive,
        Func<SecuredPrimitivesAttribute, string, PrimitiveBinding<TPrimitive>, TSecured?> create)
        where TPrimitive : class
        where TSecured : class
    {
        var (table, key) = Locate(subject);
        try
        {
            return create(table, key, new PrimitiveBinding<TPrimitive>(primitive, Provenance.Of(primitive), security)) ??
                throw subject.Refused($"its table lists the key '{key}' and has no wrapper for it. Rebuild the project that declares it");
        }
        catch (TypeInitializationException e) when (e.InnerException is ArgumentException invalid)
        {
            // A declaration that no call can meet. The build has reported it, and somebody has switched the report off.
            throw subject.Refused(invalid.Message.TrimEnd('.'));
        }
        catch (ArgumentException invalid)
        {
            throw subject.Refused(invalid.Message.TrimEnd('.'));
        }
    }

    /// <summary>The table that has the wrapper of a primitive, and its key there.</summary>
    private static (SecuredPrimitivesAttribute Table, string Key) Locate(Subject subject)
    {
        if (subject.Primitive.GetType().Assembly != subject.SdkBase.Assembly)
        {
            throw subject.Refused(
                $"it is an object of class '{subject.Primitive.GetType()}', which decides by itself what happens on a call. " +
                $"Write it as a method with [{subject.SdkBase.Name}] and [RequiresCapability] instead");
        }

        var noted = Provenance.Of(subject.Primitive)?.Method;
        if ((noted ?? subject.Metadata.OfType<MethodInfo>().FirstOrDefault()) is not { ReflectedType: not null } method)
        {
            throw subject.Refused(
                $"it was made from an AIFunction or without metadata, so its method is unknown. Register the annotated method itself with " +
                $"{subject.SdkBase.Name}.Create(method) or the With... calls");
        }

        if (noted is null && !SdkFunction.Runs(subject.Primitive, method))
        {
            throw subject.Refused(
                $"its metadata names method '{method.ReflectedType}.{method.Name}', which is not what it runs. Register the annotated method itself " +
                $"with {subject.SdkBase.Name}.Create(method) or the With... calls");
        }

        var key = PrimitiveKey.Of(method);
        var hasTable = false;

        // Only those who declare the class or the method are asked: nobody vouches for the methods of another.
        foreach (var assembly in new[] { method.ReflectedType.Assembly, method.DeclaringType!.Assembly }.Distinct())
        {
            foreach (var table in assembly.GetCustomAttributes<SecuredPrimitivesAttribute>())
            {
                hasTable = true;
                if (subject.KeysOf(table).Contains(key))
                {
                    return (table, key);
                }
            }
        }

        throw subject.Refused(Remedy(method, hasTable));
    }

    private static Subject Of(McpServerTool tool) =>
        new("tool", tool.ProtocolTool.Name, tool, typeof(McpServerTool), tool.Metadata, static table => table.Tools);

    private static Subject Of(McpServerPrompt prompt) =>
        new("prompt", prompt.ProtocolPrompt.Name, prompt, typeof(McpServerPrompt), prompt.Metadata, static table => table.Prompts);

    private static Subject Of(McpServerResource resource) =>
        new("resource", resource.ProtocolResourceTemplate.UriTemplate, resource, typeof(McpServerResource), resource.Metadata, static table => table.Resources);

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

    private sealed record Subject(
        string Kind,
        string Name,
        object Primitive,
        Type SdkBase,
        IReadOnlyList<object> Metadata,
        Func<SecuredPrimitivesAttribute, IReadOnlyList<string>> KeysOf)
    {
        internal string Describe => $"{Kind} '{Name}'";

        internal McpSecurityConfigurationException Refused(string why) => new($"- {Describe}: {why}.");
    }
}
