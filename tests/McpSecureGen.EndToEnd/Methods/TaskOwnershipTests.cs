#pragma warning disable MCPSEC5001 // The tasks extension registers raw request handlers.
#pragma warning disable MCPEXP002 // The seams of the tasks extension are experimental in the SDK.
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Methods;

/// <summary>The SDK's tasks extension, emulated by the hooks it uses: who made a task may ask for it, to everybody else it never was.</summary>
public sealed class TaskOwnershipTests
{
    private readonly ConcurrentDictionary<string, Task<ResultOrAlternate<CallToolResult>>> _tasks = new();
    private readonly ConcurrentQueue<string> _asked = new();

    [Theory]
    [InlineData("tasks/get")]
    [InlineData("tasks/cancel")]
    [InlineData("tasks/update")]
    public async Task Given_the_task_of_another_then_the_answer_is_that_for_an_unknown_one(string method)
    {
        await using var client = await StartAsync();
        var id = await CreateAsync(client, "alice");
        var ghost = Guid.NewGuid().ToString("N");

        var foreign = Error(await AskAsync(client, method, id, "mallory"));
        var unknown = Error(await AskAsync(client, method, ghost, "mallory"));
        var nobody = await AskAsync(client, method, id, null);

        Assert.Equal(unknown.Replace(ghost, id, StringComparison.Ordinal), foreign);
        Assert.Equal($$"""{"code":-32602,"message":"Unknown task: \u0027{{id}}\u0027"}""", foreign);
        Assert.Equal("Not authenticated.", NewestClient.Text(nobody));
        Assert.Empty(_asked);
        Assert.True((await AskAsync(client, method, id, "alice")).TryGetProperty("result", out _));
        Assert.Equal([$"{method} {id}"], _asked);
        Assert.Equal(["unknown_task", "unknown_task", "unauthenticated", "succeeded"], client.NewEnds(method));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"taskId":5}""")]
    [InlineData("""{"taskId":null}""")]
    [InlineData("""{"taskId":{}}""")]
    public async Task Given_a_request_that_names_no_task_then_it_is_refused(string parameters)
    {
        await using var client = await StartAsync();

        var answer = await client.SendAsync("tasks/get", JsonNode.Parse(parameters)!.AsObject(), Token("alice"));

        Assert.Equal("Unknown task: ''", NewestClient.Text(answer));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Given_a_task_in_the_background_then_it_runs_for_the_caller_who_made_it_and_both_attempts_are_recorded()
    {
        await using var client = await StartAsync();

        var id = await CreateAsync(client, "alice");
        var result = await _tasks[id].WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("hello", Assert.IsType<TextContentBlock>(Assert.Single(result.Result!.Content)).Text);
        Assert.Equal(["greeted x"], client.Effects.Seen);
        string?[] ends = [];
        await Attempts.UntilAsync(() => (ends = [.. ends, .. client.NewEnds()]).Length == 2);
        Assert.Equal(["deferred_by_filter", "succeeded"], ends.Order());
    }

    [Fact]
    public async Task Given_a_caller_who_may_not_then_no_task_is_made()
    {
        await using var client = await StartAsync();

        var answer = await client.CallAsync("greet", """{"name":"x"}""", Issuer.Token("env:read"));

        Assert.Equal("Not authorized.", NewestClient.Text(answer));
        Assert.Empty(_tasks);
    }

    private static async Task<string> CreateAsync(NewestClient client, string subject) =>
        (await client.CallAsync("greet", """{"name":"x"}""", Token(subject))).GetProperty("result").GetProperty("taskId").GetString()!;

    private static Task<JsonElement> AskAsync(NewestClient client, string method, string id, string? subject) =>
        client.SendAsync(method, new JsonObject { ["taskId"] = id }, subject is null ? null : Token(subject));

    private static string Error(JsonElement answer) => answer.GetProperty("error").GetRawText();

    private static string Token(string subject) => NewestClient.Token(subject, "read:files");

    private Task<NewestClient> StartAsync() => NewestClient.StartAsync(
        b => b.WithTools<MethodTools>().Services.Configure<McpServerOptions>(options =>
        {
            options.Filters.Request.CallToolWithAlternateFilters.Add((request, next, _) =>
            {
                // The scope of the request ends with its answer; what runs on has one of its own.
                var scope = request.Services!.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
                var copy = new RequestContext<CallToolRequestParams>(request.Server, request.JsonRpcRequest, request.Params)
                {
                    MatchedPrimitive = request.MatchedPrimitive,
                    Services = scope.ServiceProvider,
                };
                var id = Guid.NewGuid().ToString("N");
                _tasks[id] = Task.Run(
                    async () =>
                    {
                        await using (scope)
                        {
                            return await next(copy, CancellationToken.None);
                        }
                    },
                    CancellationToken.None);
                return new(ResultOrAlternate<CallToolResult>.FromAlternate(new CreatedResult { TaskId = id }, CreatedType));
            });
            options.RequestHandlers = [.. new[] { "tasks/get", "tasks/cancel", "tasks/update" }.Select(method => new McpServerRequestHandler
            {
                Method = method,
                RoutingNameParameter = "taskId",
                Handler = (request, _) =>
                {
                    _asked.Enqueue($"{method} {request.Params!["taskId"]}");
                    return ValueTask.FromResult<JsonNode?>(new JsonObject { ["status"] = "working" });
                },
            })];
        }),
        static s =>
        {
            s["McpSecurity:AllowedRequestMethods:0"] = "tasks/get";
            s["McpSecurity:AllowedRequestMethods:1"] = "tasks/cancel";
            s["McpSecurity:AllowedRequestMethods:2"] = "tasks/update";
        });

    private static JsonTypeInfo<CreatedResult> CreatedType { get; } =
        (JsonTypeInfo<CreatedResult>)new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(CreatedResult));

    private sealed class CreatedResult : Result
    {
        public string TaskId { get; set; } = "";

        public long TtlMs { get; set; } = 60_000;
    }
}
