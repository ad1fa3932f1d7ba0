using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Methods;

/// <summary>Notification handlers of the author: named by the operator, and set off by an authenticated caller only.</summary>
public sealed class NotificationTests
{
    private readonly ConcurrentQueue<string> _heard = new();

    [Fact]
    public Task Given_a_handler_that_nobody_allowed_then_the_server_does_not_start() => Ends.InNoStartAsync(
        b => Handle(b, "notifications/wake"), "'notifications/wake'", "McpSecurity:AllowedNotifications");

    [Fact]
    public async Task Given_an_allowed_one_then_it_hears_an_authenticated_caller_and_drops_everybody_else()
    {
        await using var client = await NewestClient.StartAsync(
            b => Handle(b.WithTools<MethodTools>(), "notifications/wake"), static s => s["McpSecurity:AllowedNotifications:0"] = "notifications/wake");

        await client.NotifyAsync("notifications/wake", [], null);
        await client.NotifyAsync("notifications/wake", [], "not a token");
        await client.NotifyAsync("notifications/wake", [], Issuer.Token());
        await Attempts.UntilAsync(() => !_heard.IsEmpty);
        await client.CallAsync("greet", "{}", Issuer.Token("read:files"));

        Assert.Single(_heard);
        string?[] ends = [];
        await Attempts.UntilAsync(() => (ends = [.. ends, .. client.NewEnds("notifications/wake")]).Length == 3);
        Assert.Equal(["succeeded", "unauthenticated", "unauthenticated"], ends.Order());
    }

    private void Handle(IMcpServerBuilder builder, string method) => builder.Services.Configure<McpServerOptions>(options =>
        options.Handlers.NotificationHandlers =
        [
            new(method, (notification, _) =>
            {
                _heard.Enqueue(notification.Method);
                return default;
            }),
        ]);
}
