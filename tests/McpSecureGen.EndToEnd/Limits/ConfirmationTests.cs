using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>A tool that a person must agree to, with clients of the SDK: those that carry the question themselves and those that are asked.</summary>
public sealed class ConfirmationTests
{
    private const string Older = "2025-11-25";

    [Theory]
    [InlineData(null)]
    [InlineData(Older)]
    [InlineData("2025-06-18")]
    public async Task Given_a_person_who_agrees_then_the_tool_runs_once(string? version)
    {
        var asked = new List<string>();
        await using var server = await StartAsync(version, request =>
        {
            asked.Add(request!.Message);
            return Accept(true);
        });

        var result = await server.CallAsync("erase", """{"path":"a"}""", Issuer.Token("write:files"));

        Assert.Equal("erased", TestServer.Text(result));
        Assert.Equal(["erased a soft"], Effects(server).Seen);
        Assert.Equal(["erase: Erase it for good?"], asked);
        Assert.Equal(["confirmation_requested", "succeeded"], Attempts.Ends(server));
    }

    [Theory]
    [InlineData(null, "decline")]
    [InlineData(Older, "decline")]
    [InlineData(null, "cancel")]
    [InlineData(Older, "cancel")]
    [InlineData(null, "unticked")]
    [InlineData(Older, "unticked")]
    [InlineData(null, "empty")]
    [InlineData(Older, "text")]
    [InlineData(null, "ACCEPT")]
    public async Task Given_anything_but_a_plain_yes_then_nothing_runs(string? version, string answer)
    {
        await using var server = await StartAsync(version, _ => answer switch
        {
            "unticked" => Accept(false),
            "empty" => new ElicitResult { Action = "accept" },
            "text" => new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["confirm"] = JsonElement.Parse("\"true\"") } },
            _ => new ElicitResult { Action = answer, Content = Accept(true).Content },
        });

        var result = await server.CallAsync("erase", """{"path":"a"}""", Issuer.Token("write:files"));

        Assert.True(result.IsError);
        Assert.Equal("Not confirmed.", TestServer.Text(result));
        Assert.Empty(Effects(server).Seen);
        Assert.Equal(["confirmation_requested", "not_confirmed"], Attempts.Ends(server));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Older)]
    public async Task Given_a_client_that_cannot_ask_then_the_call_is_refused(string? version)
    {
        await using var server = await StartAsync(version, null);

        var result = await server.CallAsync("erase", """{"path":"a"}""", Issuer.Token("write:files"));

        Assert.True(result.IsError);
        Assert.StartsWith("Not confirmed: ", TestServer.Text(result), StringComparison.Ordinal);
        Assert.Empty(Effects(server).Seen);
        Assert.Equal(["confirmation_unavailable"], Attempts.Ends(server));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Older)]
    public async Task Given_a_call_that_would_be_refused_anyway_then_nobody_is_asked(string? version)
    {
        var asked = 0;
        await using var server = await StartAsync(version, _ =>
        {
            asked++;
            return Accept(true);
        });

        Assert.True((await server.CallAsync("erase", """{"path":"a","mode":"too long"}""", Issuer.Token("write:files"))).IsError);
        await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(async () =>
            await server.CallAsync("erase", """{"path":"a"}""", Issuer.Token("read:files")));
        await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(async () => await server.CallAsync("erase", """{"path":"a"}"""));

        Assert.Equal(0, asked);
        Assert.Empty(Effects(server).Seen);
        Assert.Equal(["invalid_argument", "insufficient_capability", "unauthenticated"], Attempts.Ends(server));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Older)]
    public async Task Given_a_rate_limit_of_one_then_a_confirmed_call_is_one_call(string? version)
    {
        await using var server = await StartAsync(version, static _ => Accept(true));

        Assert.Equal("erased", TestServer.Text(await server.CallAsync("erase_all", token: Issuer.Token("write:files"))));
        await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(async () =>
            await server.CallAsync("erase_all", token: Issuer.Token("write:files")));

        Assert.Equal(["confirmation_requested", "succeeded", "rate_limited"], Attempts.Ends(server));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Older)]
    public async Task Given_a_tool_with_a_question_of_its_own_then_both_are_answered(string? version)
    {
        await using var server = await StartAsync(version, static _ => Accept(true));

        var result = await server.CallAsync("erase_and_ask", token: Issuer.Token("write:files"));

        Assert.Equal("erased", TestServer.Text(result));
        Assert.Equal(["ran", "ran", "finished step two"], Effects(server).Seen);
        Assert.Equal(["confirmation_requested", "input_required", "succeeded"], Attempts.Ends(server));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Older)]
    public async Task Given_a_filter_of_the_author_then_a_confirmed_call_still_runs_once(string? version)
    {
        await using var server = await StartAsync(
            version, static _ => Accept(true), static b => b.WithRequestFilters(static f => f.AddCallToolFilter(static next => next)));

        Assert.Equal("erased", TestServer.Text(await server.CallAsync("erase", """{"path":"a"}""", Issuer.Token("write:files"))));
        Assert.Single(Effects(server).Seen);
        Assert.Equal(["confirmation_requested", "succeeded"], Attempts.Ends(server));
    }

    private static ElicitResult Accept(bool confirm) => new()
    {
        Action = "accept",
        Content = new Dictionary<string, JsonElement> { ["confirm"] = JsonElement.Parse(confirm ? "true" : "false") },
    };

    private static Task<TestServer> StartAsync(string? version, Func<ElicitRequestParams?, ElicitResult>? person, Action<IMcpServerBuilder>? more = null) => TestServer.StartAsync(
        b =>
        {
            b.WithTools<ConfirmedTools>();
            more?.Invoke(b);
        },
        static s => s.AddSingleton<Effects>(),
        protocolVersion: version,
        clientOptions: person is null ? null : new McpClientOptions
        {
            Handlers = new McpClientHandlers { ElicitationHandler = (request, _) => new(person(request)) },
        });

    private static Effects Effects(TestServer server) => server.Services.GetRequiredService<Effects>();
}
