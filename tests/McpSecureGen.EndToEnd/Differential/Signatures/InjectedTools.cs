using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

public interface IStamp
{
    string Mark { get; }
}

public sealed class Stamp(string mark) : IStamp
{
    public string Mark => mark;
}

public interface IUnregistered;

/// <summary>What the server fills in.</summary>
[RequiresCapability("read:files")]
internal static class InjectedTools
{
    [McpServerTool, Sample("""{"value":"a"}""")]
    public static string WithService(IStamp stamp, string value) => Effect.Of([stamp.Mark, value]);

    [McpServerTool, Sample("""{"value":"a"}""")]
    public static string WithClassService(Clerk clerk, string value) => Effect.Of([clerk.Name, value]);

    [McpServerTool, Sample("{}")]
    public static string WithKeyedService([FromKeyedServices("red")] Stamp stamp, [FromKeyedServices("blue")] Stamp other) => Effect.Of([stamp.Mark, other.Mark]);

    [McpServerTool, Sample("{}")]
    public static string WithToken(CancellationToken token) => Effect.Of([token.CanBeCanceled]);

    [McpServerTool, Sample("""{"value":"a"}""")]
    public static string WithProgress(IProgress<ProgressNotificationValue> progress, string value)
    {
        progress.Report(new ProgressNotificationValue { Progress = 1 });
        return Effect.Of([value]);
    }

    [McpServerTool, Sample("""{"value":"a"}""")]
    public static string WithContext(RequestContext<CallToolRequestParams> context, string value) =>
        Effect.Of([context.Params?.Name, context.MatchedPrimitive?.Id, context.Services is not null, value]);

    [McpServerTool, Sample("{}")]
    public static string WithServer(McpServer server) => Effect.Of([server.NegotiatedProtocolVersion, server.ClientInfo?.Name is not null]);

    [McpServerTool, Sample("{}")]
    public static string WithPrincipal(ClaimsPrincipal? principal = null) => Effect.Of([principal?.Identity?.Name]);

    [McpServerTool, Sample("{}")]
    public static string WithProvider(IServiceProvider services) => Effect.Of([services.GetRequiredService<IStamp>().Mark]);

    [McpServerTool, Sample("""{"a":1,"b":2}""")]
    public static string Between(int a, IStamp stamp, CancellationToken token, int b) => Effect.Of([a, stamp.Mark, token.CanBeCanceled, b]);
}
