using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.SdkAlone;

/// <summary>Makes primitives exactly as the SDK's registration calls do, by calls that nothing intercepts.</summary>
public static class SdkPrimitives
{
    public static McpServerTool Tool(MethodInfo method, IServiceProvider? services, object? target = null, JsonSerializerOptions? options = null)
    {
        var create = new McpServerToolCreateOptions { Services = services, SerializerOptions = options };
        return method.IsStatic || target is not null
            ? McpServerTool.Create(method, target, create)
            : McpServerTool.Create(method, request => Make(request, method), create);
    }

    public static McpServerPrompt Prompt(MethodInfo method, IServiceProvider? services)
    {
        var create = new McpServerPromptCreateOptions { Services = services };
        return method.IsStatic
            ? McpServerPrompt.Create(method, (object?)null, create)
            : McpServerPrompt.Create(method, request => Make(request, method), create);
    }

    public static McpServerResource Resource(MethodInfo method, IServiceProvider? services)
    {
        var create = new McpServerResourceCreateOptions { Services = services };
        return method.IsStatic
            ? McpServerResource.Create(method, (object?)null, create)
            : McpServerResource.Create(method, request => Make(request, method), create);
    }

    private static object Make(MessageContext request, MethodInfo method) =>
        request.Services is { } services
            ? ActivatorUtilities.CreateInstance(services, method.ReflectedType!)
            : Activator.CreateInstance(method.ReflectedType!)!;
}
