using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Client;

namespace McpSecureGen.EndToEnd.Http;

#pragma warning disable MCP9004, MCP9006 // Obsolete in the SDK and still at work.

/// <summary>A session is its owner's alone, and each message in it has the caller who sent it.</summary>
public sealed class SessionOwnerTests
{
    private static readonly string Alice = Issuer.Token("read:files write:files");

    private static Task<HttpTestServer> StartAsync(Action<HttpServerTransportOptions>? http = null, Action<IServiceCollection>? services = null) =>
        HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            options =>
            {
                options.SessionMode = HttpServerSessionMode.Stateful;
                http?.Invoke(options);
            },
            services);

    [Theory]
    [InlineData("bob", "desk")]
    [InlineData("alice", "phone")]
    [InlineData("alice", null)]
    public async Task Session_of_another_is_answered_like_an_unknown_one_and_recorded(string subject, string? client)
    {
        var token = Issuer.Token("read:files", subject: subject, change: claims =>
        {
            claims.Remove("client_id");
            if (client is not null)
            {
                claims["client_id"] = client;
            }
        });
        await using var server = await StartAsync();
        var session = await HttpMessages.OpenSessionAsync(server, Alice);
        var records = server.Audit.Count;
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Get, HttpMethod.Delete])
        {
            Task<HttpAnswer> Send(string id) => server.SendAsync(
                method == HttpMethod.Post ? HttpMessages.Call("read_note") : null, $"Bearer {token}", change: request =>
                {
                    request.Method = method;
                    request.Headers.Add("Mcp-Session-Id", id);
                });

            var (foreign, unknown) = (await Send(session), await Send("AAAAAAAAAAAAAAAAAAAAAA"));
            Assert.Equal((unknown.Status, unknown.Body), (foreign.Status, foreign.Body));
            Assert.Equal(method == HttpMethod.Delete ? 200 : 404, foreign.Status);
        }

        Assert.Empty(server.Effects.Seen);
        Assert.Equal(
            [
                "tools/call read_note foreign_session", "tools/call read_note refused_by_transport 404",
                "http/get foreign_session", "http/get refused_by_transport 404",
                "http/delete foreign_session",
            ],
            server.Refusals);
        Assert.Equal(records + 5, server.Audit.Count);
        Assert.Equal(200, (await server.SendAsync(HttpMessages.Call("read_note"), $"Bearer {Alice}", change: HttpMessages.InSession(session))).Status);
        var renewed = Issuer.Token("read:files");
        Assert.Equal(200, (await server.SendAsync(HttpMessages.Call("read_note"), $"Bearer {renewed}", change: HttpMessages.InSession(session))).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_in_a_stream_is_judged_by_its_own_token(bool legacy)
    {
        await using var server = await StartAsync(http => (http.EnableLegacySse, http.PerSessionExecutionContext) = (legacy, true));
        var endpoint = legacy ? new Uri(server.Endpoint + "/sse") : server.Endpoint;
        await using var client = await HttpTestClient.ConnectAsync(
            endpoint, Alice, legacy ? null : "2025-06-18", null, legacy ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp);

        Assert.Equal("wrote a", TestServer.Text(await client.CallAsync("write_note", """{"name":"a"}""")));
        Assert.Equal("alice", server.Audit[^1].GetProperty("subject").GetString());

        client.Token = Issuer.Token("read:files");
        Assert.Equal(["ping", "read_note"], await client.ToolsAsync());
        Assert.Equal(-32051, await client.RefusalAsync("write_note", """{"name":"a"}"""));
        client.Token = null;
        Assert.Equal(-32050, await client.RefusalAsync("write_note", """{"name":"a"}"""));
        Assert.Equal(1, server.Effects.Count("written"));

        client.Token = Alice;
        Assert.Equal("wrote b", TestServer.Text(await client.CallAsync("write_note", """{"name":"b"}""")));
        client.Token = Issuer.Token("read:files write:files", subject: "bob");
        await Assert.ThrowsAnyAsync<Exception>(async () => await client.CallAsync("write_note", """{"name":"a"}"""));
        Assert.Equal("foreign_session", server.Audit[^1].GetProperty("reason").GetString());
        Assert.Equal(2, server.Effects.Count("written"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_that_expires_in_an_open_stream_is_refused(bool legacy)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await StartAsync(
            http => (http.EnableLegacySse, http.PerSessionExecutionContext) = (legacy, true), services => services.AddSingleton<TimeProvider>(time));
        var endpoint = legacy ? new Uri(server.Endpoint + "/sse") : server.Endpoint;
        await using var client = await HttpTestClient.ConnectAsync(
            endpoint, Alice, legacy ? null : "2025-06-18", null, legacy ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp);
        Assert.Equal("wrote a", TestServer.Text(await client.CallAsync("write_note", """{"name":"a"}""")));

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(-32050, await client.RefusalAsync("write_note", """{"name":"a"}"""));
        Assert.Equal("Expired", server.Audit[^1].GetProperty("rule").GetString());
        Assert.Equal(1, server.Effects.Count("written"));
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Token_that_expires_between_the_request_and_the_call_is_refused(HttpServerSessionMode mode, string version)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
#pragma warning disable MCPSEC5001 // The one place between the endpoint and the checks of the call.
        await using var server = await HttpTestServer.StartAsync(
            b => b.WithTools<NoteTools>().WithMessageFilters(filters => filters.AddIncomingFilter(next => (message, cancellationToken) =>
            {
                if (message.JsonRpcMessage is ModelContextProtocol.Protocol.JsonRpcRequest { Method: "tools/call" })
                {
                    time.Advance(TimeSpan.FromMinutes(5));
                }

                return next(message, cancellationToken);
            })),
            http => http.SessionMode = mode,
            services => services.AddSingleton<TimeProvider>(time),
            static settings => settings["McpSecurity:AllowMessageFilters"] = "true");
#pragma warning restore MCPSEC5001
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        Assert.Equal(-32050, await client.RefusalAsync("read_note", """{"name":"a"}"""));
        Assert.Equal(0, server.Effects.Count("read"));
    }
}
