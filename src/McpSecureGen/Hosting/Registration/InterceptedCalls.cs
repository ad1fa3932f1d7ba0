using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Registration;

/// <summary>What the generated interceptors of the SDK's calls do besides calling the original. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InterceptedCalls
{
    /// <summary>After <c>AddMcpServer</c>: installs the guard.</summary>
    public static IMcpServerBuilder AddMcpServer(IMcpServerBuilder builder, Assembly hostAssembly)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMcpSecurity(hostAssembly: hostAssembly);
        return builder;
    }

    /// <summary>Around <c>McpServer.Create</c>: secures the options first.</summary>
    /// <exception cref="McpSecurityConfigurationException">The options hold something that cannot be secured, or a setting is missing.</exception>
    public static McpServer CreateServer(
        ITransport transport, McpServerOptions options, ILoggerFactory? loggers, IServiceProvider? services, Assembly hostAssembly)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        ProcessSecurity.GuardOf(hostAssembly, services, loggers, transport).Apply(options);
        return McpServer.Create(transport, options, loggers, services);
    }

    /// <summary>Around a <c>With...</c> call that registers methods of types: notes target and serializer options of each primitive it adds.</summary>
    public static IMcpServerBuilder Register(
        IMcpServerBuilder builder, Func<IMcpServerBuilder, IMcpServerBuilder> register, object? target = null, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(register);
        var before = builder.Services.Count;
        var result = register(builder);
        if (target is IEnumerable<McpServerTool> or IEnumerable<McpServerPrompt> or IEnumerable<McpServerResource>)
        {
            // The SDK registers the elements, which were made elsewhere.
            return result;
        }

        for (var i = before; i < builder.Services.Count; i++)
        {
            if (builder.Services[i] is { IsKeyedService: false, ImplementationFactory: { } make } descriptor && IsPrimitive(descriptor.ServiceType))
            {
                builder.Services[i] = new ServiceDescriptor(
                    descriptor.ServiceType, provider => Noted(make(provider), target, options), descriptor.Lifetime);
            }
        }

        return result;
    }

    /// <summary>After <c>McpServerTool.Create(Delegate)</c>.</summary>
    public static McpServerTool Made(McpServerTool tool, Delegate method, JsonSerializerOptions? options) => MadeOf(tool, method, options);

    /// <summary>After <c>McpServerTool.Create(MethodInfo, object)</c>.</summary>
    public static McpServerTool Made(McpServerTool tool, MethodInfo method, object? target, JsonSerializerOptions? options) =>
        MadeOf(tool, method, target, options);

    /// <summary>After <c>McpServerTool.Create(MethodInfo, Func)</c>.</summary>
    public static McpServerTool Made(
        McpServerTool tool, MethodInfo method, Func<RequestContext<CallToolRequestParams>, object> factory, JsonSerializerOptions? options) =>
        MadeOf(tool, method, factory, options);

    /// <summary>After <c>McpServerPrompt.Create(Delegate)</c>.</summary>
    public static McpServerPrompt Made(McpServerPrompt prompt, Delegate method, JsonSerializerOptions? options) => MadeOf(prompt, method, options);

    /// <summary>After <c>McpServerPrompt.Create(MethodInfo, object)</c>.</summary>
    public static McpServerPrompt Made(McpServerPrompt prompt, MethodInfo method, object? target, JsonSerializerOptions? options) =>
        MadeOf(prompt, method, target, options);

    /// <summary>After <c>McpServerPrompt.Create(MethodInfo, Func)</c>.</summary>
    public static McpServerPrompt Made(
        McpServerPrompt prompt, MethodInfo method, Func<RequestContext<GetPromptRequestParams>, object> factory, JsonSerializerOptions? options) =>
        MadeOf(prompt, method, factory, options);

    /// <summary>After <c>McpServerResource.Create(Delegate)</c>.</summary>
    public static McpServerResource Made(McpServerResource resource, Delegate method, JsonSerializerOptions? options) => MadeOf(resource, method, options);

    /// <summary>After <c>McpServerResource.Create(MethodInfo, object)</c>.</summary>
    public static McpServerResource Made(McpServerResource resource, MethodInfo method, object? target, JsonSerializerOptions? options) =>
        MadeOf(resource, method, target, options);

    /// <summary>After <c>McpServerResource.Create(MethodInfo, Func)</c>.</summary>
    public static McpServerResource Made(
        McpServerResource resource, MethodInfo method, Func<RequestContext<ReadResourceRequestParams>, object> factory, JsonSerializerOptions? options) =>
        MadeOf(resource, method, factory, options);

    private static T MadeOf<T>(T primitive, Delegate method, JsonSerializerOptions? options)
        where T : class
    {
        Provenance.NoteTarget(primitive, method.Method, method.Target, options);
        return primitive;
    }

    private static T MadeOf<T>(T primitive, MethodInfo method, object? target, JsonSerializerOptions? options)
        where T : class
    {
        Provenance.NoteTarget(primitive, method, target, options);
        return primitive;
    }

    private static T MadeOf<T, TParams>(T primitive, MethodInfo method, Func<RequestContext<TParams>, object> factory, JsonSerializerOptions? options)
        where T : class
    {
        Provenance.NoteFactory(primitive, method, request => factory((RequestContext<TParams>)request), options);
        return primitive;
    }

    private static bool IsPrimitive(Type service) =>
        service == typeof(McpServerTool) || service == typeof(McpServerPrompt) || service == typeof(McpServerResource);

    private static object Noted(object primitive, object? target, JsonSerializerOptions? options)
    {
        var metadata = primitive switch
        {
            McpServerTool tool => tool.Metadata,
            McpServerPrompt prompt => prompt.Metadata,
            McpServerResource resource => resource.Metadata,
            _ => [],
        };
        Provenance.NoteMethod(primitive, metadata, target, options);
        return primitive;
    }
}
