using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Failure;

/// <summary>Code of the author, or of a check, that throws: no check is skipped and nothing of the host leaves.</summary>
public sealed class BrokenCodeTests
{
    [Fact]
    public async Task Given_a_validation_attribute_that_throws_then_the_value_is_refused_and_its_text_kept()
    {
        await using var server = await StartAsync();
        var (bad, good) = ("bad" + Ends.NewText(), "good" + Ends.NewText());

        var result = await CallAsync(server, "fail_check", bad);

        Assert.True(result.IsError);
        Assert.Contains("text", TestServer.Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain("/srv", TestServer.Text(result), StringComparison.Ordinal);
        Assert.Equal(0, RouteEffects.CountOf(bad));
        Assert.Equal(good, TestServer.Text(await CallAsync(server, "fail_check", good)));
    }

    [Theory]
    [InlineData("fail_service")]
    [InlineData("fail_fragile")]
    public async Task Given_a_service_factory_that_throws_then_the_call_fails_and_no_check_is_skipped(string tool)
    {
        var made = 0;
        var broken = true;
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<FailureTools>().WithTools<FragileTools>(),
            s => s.AddTransient(_ =>
            {
                Interlocked.Increment(ref made);
                return Volatile.Read(ref broken) ? throw new InvalidOperationException("/srv/secret is down") : new FragileService();
            }));
        var text = Ends.NewText();

        foreach (var token in new[] { null, Issuer.Token("net:access") })
        {
            await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync(tool, $$"""{"text":"{{text}}"}""", token));
        }

        await server.CallAsync(tool, """{"text":5}""", Issuer.Token("read:files"));
        Assert.Equal(0, made);

        var result = await CallAsync(server, tool, text);
        Assert.True(result.IsError);
        Assert.DoesNotContain("/srv", TestServer.Text(result), StringComparison.Ordinal);
        Assert.Equal(1, made);
        Assert.Equal(0, RouteEffects.CountOf(text));
        Assert.Contains(server.Audit, static r => r.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "failed");

        Volatile.Write(ref broken, false);
        Assert.Equal($"fragile:{text}", TestServer.Text(await CallAsync(server, tool, text)));
    }

    [Fact]
    public async Task Given_a_refusal_then_the_constructor_of_the_tool_class_has_not_run()
    {
        ConstructedTools.Constructed = 0;
        await using var server = await TestServer.StartAsync(static b => b.WithTools<ConstructedTools>());
        var text = Ends.NewText();

        foreach (var token in new[] { null, "not a token", Issuer.Token("net:access") })
        {
            await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("fail_constructed", $$"""{"text":"{{text}}"}""", token));
        }

        foreach (var arguments in new[] { "{}", """{"text":null}""", """{"text":5}""", $$"""{"text":"{{new string('a', 41)}}"}""", """{"text":"a","more":1}""" })
        {
            Assert.True((await server.CallAsync("fail_constructed", arguments, Issuer.Token("read:files"))).IsError);
        }

        await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("ghost", "{}", Issuer.Token("read:files")));
        Assert.Equal(0, ConstructedTools.Constructed);

        await server.CallAsync("fail_constructed", $$"""{"text":"{{text}}"}""", Issuer.Token("read:files"));
        Assert.Equal(1, ConstructedTools.Constructed);
    }

    [Fact]
    public async Task Given_an_error_of_the_tool_then_its_text_stays_on_the_host()
    {
        await using var server = await StartAsync();
        var text = Ends.NewText();

        var result = await CallAsync(server, "fail_throw", text);

        Assert.True(result.IsError);
        Assert.DoesNotContain("/srv", TestServer.Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain(text, TestServer.Text(result), StringComparison.Ordinal);
        Assert.Equal(1, RouteEffects.CountOf(text));
        Assert.Contains(server.Audit, static r => r.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "failed");
    }

    /// <summary>The SDK's client does not send the notification when its own token is cancelled, so it is sent by hand.</summary>
    [Fact]
    public async Task Given_a_call_that_is_cancelled_then_the_tool_is_told_and_the_record_says_so()
    {
        await using var server = await StartAsync();
        var text = Ends.NewText();
        var id = new RequestId("call-" + text);
        var call = server.Client.SendRequestAsync(new JsonRpcRequest
        {
            Id = id,
            Method = RequestMethods.ToolsCall,
            Params = new JsonObject
            {
                ["name"] = "fail_wait",
                ["arguments"] = new JsonObject { ["text"] = text },
                ["_meta"] = new JsonObject { [CallMetaCredential.MetaKey] = Issuer.Token("read:files") },
            },
        });
        await UntilAsync(() => RouteEffects.CountOf(text) == 1);
        await server.Client.SendNotificationAsync(
            NotificationMethods.CancelledNotification, new CancelledNotificationParams { RequestId = id });

        await UntilAsync(() => server.Audit.Any(static r => r.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "cancelled"));
        Assert.Equal(0, RouteEffects.CountOf(text + "-end"));
        Assert.False(call.IsCompletedSuccessfully);
    }

    private static Task<TestServer> StartAsync() =>
        TestServer.StartAsync(static b => b.WithTools<FailureTools>(), static s => s.AddSingleton<FragileService>());

    private static ValueTask<CallToolResult> CallAsync(TestServer server, string tool, string text) =>
        server.CallAsync(tool, $$"""{"text":"{{text}}"}""", Issuer.Token("read:files"));

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(condition());
    }
}
