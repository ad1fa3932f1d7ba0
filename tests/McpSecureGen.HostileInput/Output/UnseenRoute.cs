using System.Reflection;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>Makes a primitive by a call that no interceptor sees.</summary>
internal static class UnseenRoute
{
    private delegate McpServerResource ResourceFactory(
        MethodInfo method, Func<RequestContext<ModelContextProtocol.Protocol.ReadResourceRequestParams>, object> target, McpServerResourceCreateOptions? options);

    private delegate McpServerTool Factory(MethodInfo method, Func<RequestContext<ModelContextProtocol.Protocol.CallToolRequestParams>, object> target, McpServerToolCreateOptions? options);

    internal static McpServerTool Create(MethodInfo method)
    {
        Factory create = McpServerTool.Create;
        return create(method, static request => new SensitiveTools(request.Services!.GetRequiredService<Effects>()), null);
    }

    internal static McpServerResource CreateResource(MethodInfo method)
    {
        ResourceFactory create = McpServerResource.Create;
        return create(method, static request => new KeptNotes(request.Services!.GetRequiredService<Effects>()), null);
    }
}
