using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Hosting;

/// <summary>What the generated interceptor of <c>WithHttpTransport</c> does besides calling the original. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InterceptedHttpCalls
{
    /// <summary>After <c>WithHttpTransport</c>: callers come from the <c>Authorization</c> header, and session options are guarded.</summary>
    public static IMcpServerBuilder WithHttpTransport(IMcpServerBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddMcpSecurityHttp();
        return builder;
    }
}
