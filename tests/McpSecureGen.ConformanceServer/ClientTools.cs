using System.ComponentModel;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.ConformanceServer;

/// <summary>Tools that speak to their client while they work: log messages, progress, sampling.</summary>
[McpServerToolType, RequiresCapability("use:tools")]
internal sealed class ClientTools
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    [McpServerTool(Name = "test_tool_with_logging"), Description("Logs three messages.")]
    public static async Task<string> LogAsync(McpServer server, CancellationToken cancellationToken)
    {
        using var provider = server.AsClientLoggerProvider();
        var log = provider.CreateLogger("conformance");
        log.LogInformation("Tool execution started");
        await Task.Delay(s_pause, cancellationToken);
        log.LogInformation("Tool processing data");
        await Task.Delay(s_pause, cancellationToken);
        log.LogInformation("Tool execution completed");
        return "Three messages were logged.";
    }

    [McpServerTool(Name = "test_tool_with_progress"), Description("Reports its progress in three steps.")]
    public static async Task<string> ProgressAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        foreach (var step in new[] { 0, 50, 100 })
        {
            if (request.Params.ProgressToken is { } token)
            {
                await request.Server.NotifyProgressAsync(
                    token, new ProgressNotificationValue { Progress = step, Total = 100 }, cancellationToken: cancellationToken);
            }

            await Task.Delay(s_pause, cancellationToken);
        }

        return "Done in three steps.";
    }

    [McpServerTool(Name = "test_sampling"), Description("Has the client's model answer a prompt.")]
    public static async Task<string> SampleAsync(McpServer server, [Description("What to ask.")] string prompt, CancellationToken cancellationToken)
    {
        var answer = await server.SampleAsync(
            new CreateMessageRequestParams
            {
                Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
                MaxTokens = 100,
            },
            cancellationToken);
        return "LLM response: " + string.Concat(answer.Content.OfType<TextContentBlock>().Select(static block => block.Text));
    }
}
