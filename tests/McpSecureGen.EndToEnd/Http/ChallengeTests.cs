using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>Tools, prompts and resources that need several things.</summary>
[McpNamespace("vault")]
public sealed class VaultPrimitives(Effects effects)
{
    [McpServerTool, RequiresCapability("read:files", "write:files", "net:access")]
    public string MoveOut()
    {
        effects.Note("moved");
        return "moved";
    }

    [McpServerPrompt, RequiresCapability("db:access")]
    public string Question()
    {
        effects.Note("asked");
        return "asked";
    }

    [McpServerResource(UriTemplate = "vault://list"), RequiresCapability("secrets:read")]
    public string List()
    {
        effects.Note("listed");
        return "listed";
    }

    [McpServerResource(UriTemplate = "vault://item/{id}"), RequiresCapability("secrets:read")]
    public string Item(string id)
    {
        effects.Note("item");
        return id;
    }
}

/// <summary>What a client is told with 401 and 403: enough to ask for the right token, and nothing else.</summary>
public sealed class ChallengeTests
{
    private const string Metadata = "resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/files\"";

    private static Task<HttpTestServer> StartAsync(Action<Dictionary<string, string?>>? settings = null, HttpServerSessionMode mode = HttpServerSessionMode.Stateless) =>
        HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>().WithTools<VaultPrimitives>().WithPrompts<VaultPrimitives>().WithResources<VaultPrimitives>(),
            http => http.SessionMode = mode,
            settings: settings);

    private static Task<HttpAnswer> AskAsync(HttpTestServer server, string method, string parameters, string? token, string? version) => server.SendAsync(
        HttpMessages.Request(method, parameters, version), token is null ? null : $"Bearer {token}", version,
        HttpMessages.Headers(version, method, JsonElement.Parse(parameters) is var p && p.TryGetProperty("name", out var name) ? name.GetString() : p.TryGetProperty("uri", out var uri) ? uri.GetString() : null));

    [Theory]
    [InlineData("tools/call", """{"name":"read_note"}""", "read:files")]
    [InlineData("tools/call", """{"name":"move_out"}""", "net:access read:files write:files")]
    [InlineData("prompts/get", """{"name":"question"}""", "db:access")]
    [InlineData("tools/call", """{"name":"ping"}""", null)]
    [InlineData("tools/call", """{"name":"no_such_tool"}""", null)]
    [InlineData("tools/list", "{}", null)]
    [InlineData("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}""", null)]
    [InlineData("resources/read", """{"uri":"vault://list"}""", null)]
    [InlineData("resources/read", """{"uri":"vault://nothing"}""", null)]
    [InlineData("no/such", "{}", null)]
    public async Task Without_a_token_the_scope_of_the_operation_is_named_on_every_version(string method, string parameters, string? scope)
    {
        await using var server = await StartAsync();
        foreach (var version in HttpMessages.Versions)
        {
            var none = await AskAsync(server, method, parameters, null, version);
            Assert.Equal(401, none.Status);
            Assert.Equal(scope is null ? $"Bearer {Metadata}" : $"Bearer scope=\"{scope}\", {Metadata}", none.Challenge);
            Assert.Equal("no token", none.Message.GetProperty("error").GetProperty("data").GetProperty("detail").GetString());

            var bad = await AskAsync(server, method, parameters, "garbled", version);
            Assert.Equal(401, bad.Status);
            Assert.Equal(scope is null ? $"Bearer error=\"invalid_token\", {Metadata}" : $"Bearer error=\"invalid_token\", scope=\"{scope}\", {Metadata}", bad.Challenge);
        }

        Assert.Empty(server.Effects.Seen);
        Assert.Equal(2 * HttpMessages.Versions.Count, server.Refusals.Count);
    }

    [Theory]
    [InlineData("tools/call", "move_out", "read:files", "net:access write:files")]
    [InlineData("tools/call", "move_out", "read:files write:files/temp", "net:access write:files")]
    [InlineData("tools/call", "move_out", "read:files net:access", "write:files")]
    [InlineData("tools/call", "move_out", "", "net:access read:files write:files")]
    [InlineData("prompts/get", "question", "read:files", "db:access")]
    public async Task Forbidden_operation_names_exactly_the_missing_scopes_in_one_challenge_on_every_version(string method, string name, string held, string missing)
    {
        await using var server = await StartAsync();
        foreach (var version in HttpMessages.Versions)
        {
            var answer = await AskAsync(server, method, $$"""{"name":"{{name}}"}""", Issuer.Token(held), version);

            Assert.Equal(403, answer.Status);
            Assert.Equal($"Bearer error=\"insufficient_scope\", scope=\"{missing}\", {Metadata}", answer.Challenge);
            var error = answer.Message.GetProperty("error");
            Assert.Equal(-32051, error.GetProperty("code").GetInt32());
            Assert.Equal(missing.Split(' '), error.GetProperty("data").GetProperty("required").EnumerateArray().Select(static n => n.GetString()));
        }

        Assert.Empty(server.Effects.Seen);
        Assert.All(server.Refusals, refusal => Assert.Equal($"{method} {name} insufficient_capability", refusal));
        Assert.Equal(HttpMessages.Versions.Count, server.Audit.Count);
    }

    [Fact]
    public async Task Grant_of_another_namespace_is_not_enough()
    {
        await using var server = await StartAsync(static s =>
        {
            s["McpSecurity:Roles:own:0"] = "vault/db:access";
            s["McpSecurity:Roles:other:0"] = "files/db:access";
        });

        Assert.Contains("scope=\"db:access\"", (await AskAsync(server, "prompts/get", """{"name":"question"}""", Issuer.Token(roles: ["other"]), null)).Challenge, StringComparison.Ordinal);
        Assert.Equal(200, (await AskAsync(server, "prompts/get", """{"name":"question"}""", Issuer.Token(roles: ["own"]), null)).Status);
    }

    [Theory]
    [InlineData("resources/read")]
    [InlineData("resources/subscribe")]
    public async Task Forbidden_resource_is_answered_like_an_unknown_one(string method)
    {
        await using var server = await StartAsync();
        foreach (var version in HttpMessages.Versions)
        {
            var forbidden = await AskAsync(server, method, """{"uri":"vault://item/1"}""", Issuer.Token("read:files"), version);
            var unknown = await AskAsync(server, method, """{"uri":"vault://none/1"}""", Issuer.Token("read:files"), version);

            Assert.Equal((unknown.Status, unknown.Challenge), (forbidden.Status, forbidden.Challenge));
            Assert.Equal(unknown.Body.Replace("none", "item", StringComparison.Ordinal), forbidden.Body);
            Assert.Null(forbidden.Challenge);
        }

        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await AskAsync(server, "resources/read", """{"uri":"vault://item/1"}""", Issuer.Token("secrets:read"), null)).Status);
    }

    [Fact]
    public async Task With_concealment_no_challenge_names_a_tool()
    {
        await using var server = await StartAsync(static s => s["McpSecurity:ConcealForbidden"] = "true");

        var forbidden = await AskAsync(server, "tools/call", """{"name":"move_out"}""", Issuer.Token("read:files"), null);
        var unknown = await AskAsync(server, "tools/call", """{"name":"move_off"}""", Issuer.Token("read:files"), null);
        Assert.Equal((200, null), (forbidden.Status, forbidden.Challenge));
        Assert.Equal(unknown.Body.Replace("move_off", "move_out", StringComparison.Ordinal), forbidden.Body);
        Assert.Equal($"Bearer {Metadata}", (await AskAsync(server, "tools/call", """{"name":"move_out"}""", null, null)).Challenge);
        Assert.Empty(server.Effects.Seen);
    }

    [Fact]
    public async Task Stream_and_end_of_a_session_need_a_token_too()
    {
        await using var server = await StartAsync(mode: HttpServerSessionMode.Stateful);
        var session = await HttpMessages.OpenSessionAsync(server, Issuer.Token("read:files"));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            var answer = await server.SendAsync(null, change: request =>
            {
                request.Method = method;
                request.Headers.Add("Mcp-Session-Id", session);
            });
            Assert.Equal((401, $"Bearer {Metadata}"), (answer.Status, answer.Challenge));
        }

        Assert.Equal(["http/get unauthenticated NoCredential", "http/delete unauthenticated NoCredential"], server.Refusals);
        var call = await server.SendAsync(HttpMessages.Call("read_note"), $"Bearer {Issuer.Token("read:files")}", change: HttpMessages.InSession(session));
        Assert.Equal(200, call.Status);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"no"}}""")]
    public async Task Notifications_and_responses_need_a_token_too(string message)
    {
        await using var server = await StartAsync();

        Assert.Equal(401, (await server.SendAsync(message)).Status);
        Assert.Equal(202, (await server.SendAsync(message, $"Bearer {Issuer.Token()}")).Status);
        Assert.Single(server.Refusals);
    }

    [Fact]
    public async Task Audience_that_is_no_url_names_no_metadata_unless_a_setting_does()
    {
        const string Audience = "McpSecurity:Authentication:Audience";
        await using (var server = await StartAsync(static s => s[Audience] = "urn:example:files"))
        {
            Assert.Equal("Bearer realm=\"mcp\"", (await server.SendAsync(HttpMessages.Request("tools/list", "{}"))).Challenge);
        }

        await using (var server = await StartAsync(static s =>
        {
            s[Audience] = "urn:example:files";
            s["McpSecurity:Http:ResourceMetadata"] = "https://files.example/meta";
        }))
        {
            Assert.Equal("Bearer resource_metadata=\"https://files.example/meta\"", (await server.SendAsync(HttpMessages.Request("tools/list", "{}"))).Challenge);
        }
    }
}
