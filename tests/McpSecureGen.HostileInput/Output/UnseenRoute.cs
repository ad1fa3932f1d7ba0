using System.Reflection;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>Makes a tool by a call that no interceptor sees.</summary>
internal static class UnseenRoute
{
    private delegate McpServerTool Factory(MethodInfo method, Func<RequestContext<ModelContextProtocol.Protocol.CallToolRequestParams>, object> target, McpServerToolCreateOptions? options);

    internal static McpServerTool Create(MethodInfo method)
    {
        Factory create = McpServerTool.Create;
        return create(method, static request => new SensitiveTools(request.Services!.GetRequiredService<Effects>()), null);
    }
}
