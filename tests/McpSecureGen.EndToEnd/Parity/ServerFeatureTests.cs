#pragma warning disable MCPEXP002 // The seam by which the SDK's task extension runs tools in the background is experimental.
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>What wrapping must not cost: notifications, progress, metadata of applications, tasks in the background.</summary>
public sealed class ServerFeatureTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("2024-11-05")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task A_tool_added_late_is_announced_listed_and_secured(string version)
    {
        var changed = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(static b => b.WithTools<EchoTools>(), protocolVersion: version);
        await using var registration = server.Client.RegisterNotificationHandler(
            NotificationMethods.ToolListChangedNotification,
            (_, _) =>
            {
                changed.TrySetResult();
                return default;
            });

        server.Server.ServerOptions.ToolCollection!.Add(McpServerTool.Create(LateTools.Late));

        await changed.Task.WaitAsync(Limit);
        Assert.Contains(await Comparison.ToolsAsync(server.Client), static tool => (string?)tool["name"] == "late");
        Assert.Equal("late", TestServer.Text(await server.CallAsync("late", token: Issuer.Token("read:files"))));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("late", token: Issuer.Token("env:read")));
    }

    [Fact]
    public async Task A_prompt_and_a_resource_added_late_are_announced()
    {
        var prompts = new TaskCompletionSource();
        var resources = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(
            static b => b.WithPrompts<CompletedPrompts>().WithResources<CompletedResources>(), protocolVersion: Comparison.Old);
        await using var first = server.Client.RegisterNotificationHandler(NotificationMethods.PromptListChangedNotification, (_, _) => Done(prompts));
        await using var second = server.Client.RegisterNotificationHandler(NotificationMethods.ResourceListChangedNotification, (_, _) => Done(resources));

        server.Server.ServerOptions.PromptCollection!.Add(McpServerPrompt.Create(LatePrompts.LatePrompt));
        server.Server.ServerOptions.ResourceCollection!.Add(McpServerResource.Create(LateResources.LateResource));

        await prompts.Task.WaitAsync(Limit);
        await resources.Task.WaitAsync(Limit);
        Assert.Contains("late prompt", await Comparison.GetAsync(server.Client, "late_prompt", "{}"), StringComparison.Ordinal);
        Assert.Contains("late resource", await Comparison.ReadAsync(server.Client, "late://one"), StringComparison.Ordinal);

        static ValueTask Done(TaskCompletionSource source)
        {
            source.TrySetResult();
            return default;
        }
    }

    [Theory]
    [InlineData(Comparison.Old)]
    [InlineData(Comparison.New)]
    public async Task Progress_reaches_the_client(string version)
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ProgressTools>(), protocolVersion: version);
        var values = new List<double>();
        var two = new TaskCompletionSource();
        await using var registration = server.Client.RegisterNotificationHandler(NotificationMethods.ProgressNotification, (notification, _) =>
        {
            lock (values)
            {
                values.Add((double)notification.Params!["progress"]!);
                if (values.Count == 2)
                {
                    two.TrySetResult();
                }
            }

            return default;
        });
        var meta = TestServer.Meta(Issuer.Token("read:files"));
        meta["progressToken"] = "p1";

        await server.Client.CallToolAsync(new CallToolRequestParams { Name = "advance", Meta = meta });

        await two.Task.WaitAsync(Limit);
        Assert.Equal([1, 2], values.Order());
    }

    [Fact]
    public async Task Metadata_that_a_later_configuration_adds_to_a_tool_shows_in_the_list()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<EchoTools>(), static services =>
            services.PostConfigure<McpServerOptions>(static options =>
            {
                foreach (var tool in options.ToolCollection!)
                {
                    (tool.ProtocolTool.Meta ??= [])["ui"] = new JsonObject { ["resourceUri"] = "ui://one" };
                }
            }));

        var listed = Assert.Single(await Comparison.ToolsAsync(server.Client));

        Assert.Equal("ui://one", (string?)listed["_meta"]!["ui"]!["resourceUri"]);
        Assert.Equal("hi", TestServer.Text(await server.CallAsync("echo", """{"text":"hi"}""", Issuer.Token("read:files"))));
    }

    [Fact]
    public async Task A_tool_that_runs_as_a_background_task_passes_the_same_gate()
    {
        var results = new Dictionary<string, Task<ResultOrAlternate<CallToolResult>>>();
        await using var server = await TestServer.StartAsync(static b => b.WithTools<EchoTools>(), services =>
            services.Configure<McpServerOptions>(options => options.Filters.Request.CallToolWithAlternateFilters.Add((request, next, cancellationToken) =>
            {
                var copy = new RequestContext<CallToolRequestParams>(request.Server, request.JsonRpcRequest, request.Params)
                {
                    MatchedPrimitive = request.MatchedPrimitive,
                    Services = request.Services!.CreateScope().ServiceProvider,
                };
                var task = Task.Run(async () => await next(copy, CancellationToken.None), CancellationToken.None);
                results[(string)request.Params.Arguments!["text"].GetString()!] = task;
                return new(new CallToolResult { Content = [new TextContentBlock { Text = "started" }] });
            })));

        Assert.Equal("started", TestServer.Text(await server.CallAsync("echo", """{"text":"good"}""", Issuer.Token("read:files"))));
        Assert.Equal("started", TestServer.Text(await server.CallAsync("echo", """{"text":"unknown","more":1}""", Issuer.Token("read:files"))));
        await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("echo", """{"text":"bad"}""", Issuer.Token("env:read")));

        Assert.Equal("good", TestServer.Text((await results["good"].WaitAsync(Limit)).Result!));
        Assert.True((await results["unknown"].WaitAsync(Limit)).Result!.IsError);
        Assert.DoesNotContain("bad", results.Keys);
    }

    [Theory]
    [InlineData("ask", null, new[] { "succeeded" })]
    [InlineData("ask", "2025-06-18", new[] { "succeeded" })]
    [InlineData("ask_again", null, new[] { "input_required", "succeeded" })]
    [InlineData("ask_again", "2025-06-18", new[] { "input_required", "succeeded" })]
    public async Task A_tool_that_needs_input_gets_it_and_every_attempt_is_recorded(string tool, string? protocolVersion, string[] outcomes)
    {
        var options = new McpClientOptions
        {
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = static (_, _) => new(new ElicitResult { Action = "accept", Content = new Dictionary<string, System.Text.Json.JsonElement>() }),
            },
        };
        await using var server = await TestServer.StartAsync(static b => b.WithTools<AskingTools>(), protocolVersion: protocolVersion, clientOptions: options);

        var result = await server.CallAsync(tool, token: Issuer.Token("read:files"));

        Assert.Equal("accept", TestServer.Text(result));
        Assert.Equal(outcomes, server.Audit
            .Where(static r => r.TryGetProperty("method", out var method) && method.GetString() == "tools/call")
            .Select(static r => r.GetProperty("outcome").GetString()));
    }
}

[RequiresCapability("read:files")]
public static class LateTools
{
    [McpServerTool]
    public static string Late() => "late";
}

[RequiresCapability("read:files")]
public static class LatePrompts
{
    [McpServerPrompt]
    public static string LatePrompt() => "late prompt";
}

[RequiresCapability("read:files")]
public static class LateResources
{
    [McpServerResource(UriTemplate = "late://one")]
    public static string LateResource() => "late resource";
}

[RequiresCapability("read:files")]
public sealed class ProgressTools
{
    [McpServerTool]
    public static async Task<string> Advance(IProgress<ProgressNotificationValue> progress)
    {
        progress.Report(new ProgressNotificationValue { Progress = 1, Total = 2 });
        await Task.Yield();
        progress.Report(new ProgressNotificationValue { Progress = 2, Total = 2 });
        return "done";
    }
}

[RequiresCapability("read:files")]
public sealed class AskingTools
{
    [McpServerTool]
    public static async Task<string> Ask(McpServer server, CancellationToken cancellationToken) =>
        (await server.ElicitAsync(new ElicitRequestParams { Message = "Sure?", RequestedSchema = new() }, cancellationToken)).Action;

    [McpServerTool]
    public static string AskAgain(RequestContext<CallToolRequestParams> context) => context.Params.InputResponses is null
        ? throw new InputRequiredException(new Dictionary<string, InputRequest>
        {
            ["sure"] = InputRequest.ForElicitation(new ElicitRequestParams { Message = "Sure?", RequestedSchema = new() }),
        })
        : "accept";
}
