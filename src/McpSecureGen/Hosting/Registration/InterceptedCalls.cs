using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using McpSecureGen.Hosting.Transport;
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

    /// <summary>After <c>WithStdioServerTransport</c>: the same streams, with every line checked before the SDK reads it.</summary>
    public static IMcpServerBuilder WithStdioServerTransport(IMcpServerBuilder builder) => WithLocalTransport(
        builder,
#pragma warning disable RS0030 // Standard output is the protocol, and this is what speaks it.
        static provider => LocalTransport.Create(provider, Console.OpenStandardInput(), new BufferedStream(Console.OpenStandardOutput())));
#pragma warning restore RS0030

    /// <summary>In place of <c>WithStreamServerTransport</c>, whose transport reads as soon as it is made, before there is anything to check with.</summary>
    /// <param name="builder">Made with empty streams.</param>
    /// <param name="input">What the client writes.</param>
    /// <param name="output">What the client reads.</param>
    public static IMcpServerBuilder WithStreamServerTransport(IMcpServerBuilder builder, Stream input, Stream output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return WithLocalTransport(builder, provider => LocalTransport.Create(provider, input, output));
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

    /// <summary>After <c>McpServerTool.Create(Delegate)</c> and its twins of prompts and resources.</summary>
    public static T Made<T>(T primitive, Delegate method, JsonSerializerOptions? options)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(method);
        Provenance.NoteTarget(primitive, method.Method, method.Target, options);
        return primitive;
    }

    /// <summary>After <c>McpServerTool.Create(MethodInfo, object)</c> and its twins.</summary>
    public static T Made<T>(T primitive, MethodInfo method, object? target, JsonSerializerOptions? options)
        where T : class
    {
        Provenance.NoteTarget(primitive, method, target, options);
        return primitive;
    }

    /// <summary>After <c>McpServerTool.Create(MethodInfo, Func)</c> and its twins.</summary>
    public static T Made<T, TParams>(T primitive, MethodInfo method, Func<RequestContext<TParams>, object> factory, JsonSerializerOptions? options)
        where T : class
    {
        Provenance.NoteFactory(primitive, method, request => factory((RequestContext<TParams>)request), options);
        return primitive;
    }

    /// <summary>Replaces the transport that was registered last.</summary>
    private static IMcpServerBuilder WithLocalTransport(IMcpServerBuilder builder, Func<IServiceProvider, ITransport> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        for (var i = builder.Services.Count - 1; i >= 0; i--)
        {
            if (builder.Services[i] is { IsKeyedService: false } descriptor && descriptor.ServiceType == typeof(ITransport))
            {
                builder.Services[i] = ServiceDescriptor.Singleton(create);
                break;
            }
        }

        return builder;
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
