using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore.Authentication;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>The protected resource metadata: made of settings and declarations, open to anyone who calls the server by its name.</summary>
public sealed class ResourceMetadataTests
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    private static Task<HttpTestServer> StartAsync(Action<Dictionary<string, string?>>? settings = null, Action<IServiceCollection>? services = null) =>
        HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>().WithTools<VaultPrimitives>().WithPrompts<VaultPrimitives>().WithResources<VaultPrimitives>(),
            settings: settings, services: services);

    private static async Task<HttpAnswer> GetAsync(HttpTestServer server, string path, string? host = null, HttpMethod? method = null) =>
        await server.SendAsync(null, version: null, change: request =>
        {
            request.Method = method ?? HttpMethod.Get;
            request.RequestUri = new Uri(server.Endpoint, path);
            request.Headers.Host = host;
        });

    [Theory]
    [InlineData(WellKnown)]
    [InlineData(WellKnown + "/files")]
    [InlineData(WellKnown + "/mcp")]
    public async Task Document_says_what_the_settings_and_the_primitives_say(string path)
    {
        await using var server = await StartAsync();

        var answer = await GetAsync(server, path, host: "mcp.example");

        Assert.Equal(200, answer.Status);
        var document = JsonElement.Parse(answer.Body);
        Assert.Equal("https://mcp.example/files", document.GetProperty("resource").GetString());
        Assert.Equal(["https://issuer.example"], Texts(document, "authorization_servers"));
        Assert.Equal(["db:access", "net:access", "read:files", "secrets:read", "write:files"], Texts(document, "scopes_supported"));
        Assert.Equal(["header"], Texts(document, "bearer_methods_supported"));
        Assert.False(document.TryGetProperty("dpop_bound_access_tokens_required", out _));
        Assert.Equal("application/json", answer.Response.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Response.Headers.CacheControl!.Public);
        Assert.Equal(answer.Body, (await GetAsync(server, path)).Body);
        Assert.Empty(server.Audit);
    }

    [Fact]
    public async Task Other_hosts_paths_and_methods_get_no_document()
    {
        await using var server = await StartAsync();

        Assert.Equal(403, (await GetAsync(server, WellKnown, "evil.example")).Status);
        Assert.Equal(["http/get forbidden_host"], server.Refusals);
        Assert.Equal(404, (await GetAsync(server, WellKnown + "/other")).Status);
        Assert.Equal(404, (await GetAsync(server, WellKnown, method: HttpMethod.Post)).Status);
        var head = await GetAsync(server, WellKnown, method: HttpMethod.Head);
        Assert.Equal((200, ""), (head.Status, head.Body));
    }

    [Fact]
    public async Task Page_of_any_origin_may_read_the_document_and_nothing_else()
    {
        await using var server = await StartAsync();
        Task<HttpAnswer> AskAsync(string path, HttpMethod method) => server.SendAsync(null, version: null, change: request =>
        {
            request.Method = method;
            request.RequestUri = new Uri(server.Endpoint, path);
            request.Headers.Add("Origin", "https://page.example");
            request.Headers.Add("Access-Control-Request-Method", "GET");
            request.Headers.Add("Access-Control-Request-Headers", "mcp-protocol-version");
        });
        static string? Allowed(HttpAnswer answer) =>
            answer.Response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? string.Join(',', origins) : null;

        var document = await AskAsync(WellKnown + "/mcp", HttpMethod.Get);
        Assert.Equal((200, "*"), (document.Status, Allowed(document)));
        var preflight = await AskAsync(WellKnown, HttpMethod.Options);
        Assert.Equal((204, "*"), (preflight.Status, Allowed(preflight)));
        Assert.Equal("MCP-Protocol-Version", preflight.Response.Headers.GetValues("Access-Control-Allow-Headers").Single());
        Assert.False(preflight.Response.Headers.Contains("Access-Control-Allow-Credentials"));

        Assert.Null(Allowed(await AskAsync("/mcp", HttpMethod.Options)));
        var elsewhere = await AskAsync("/mcp", HttpMethod.Get);
        Assert.NotEqual(200, elsewhere.Status);
        Assert.Null(Allowed(elsewhere));
        Assert.NotEqual(204, (await AskAsync(WellKnown + "/other", HttpMethod.Options)).Status);
    }

    [Fact]
    public async Task Several_issuers_and_required_proofs_are_told()
    {
        await using var server = await StartAsync(static s =>
        {
            s["McpSecurity:Authentication:RequireDPoP"] = "true";
            s["McpSecurity:Authentication:Issuers:0:Issuer"] = "https://second.example";
            s["McpSecurity:Authentication:Issuers:0:Keys"] = new Tests.Identity.TestTokens().PublicKeySet();
            s["McpSecurity:Authentication:Issuers:0:RequireDPoP"] = "true";
        });

        var document = JsonElement.Parse((await GetAsync(server, WellKnown)).Body);

        Assert.Equal(["https://issuer.example", "https://second.example"], Texts(document, "authorization_servers"));
        Assert.Equal(["ES256", "RS256", "PS256"], Texts(document, "dpop_signing_alg_values_supported"));
        Assert.True(document.GetProperty("dpop_bound_access_tokens_required").GetBoolean());
    }

    [Fact]
    public async Task Handler_of_the_sdk_beside_it_takes_nothing_over()
    {
        await using var server = await StartAsync(services: static services => services
            .AddAuthentication(static options => options.DefaultChallengeScheme = McpAuthenticationDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddMcp(static options => options.ResourceMetadata = new() { Resource = "https://elsewhere.example" }));

        Assert.Contains("https://mcp.example/files", (await GetAsync(server, WellKnown + "/mcp")).Body, StringComparison.Ordinal);
        var challenge = (await server.SendAsync(HttpMessages.Call("read_note"))).Challenge;
        Assert.Equal("Bearer scope=\"read:files\", resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/files\"", challenge);
        Assert.Equal(200, (await server.SendAsync(HttpMessages.Call("read_note"), $"Bearer {Issuer.Token("read:files")}")).Status);
    }

    private static IEnumerable<string?> Texts(JsonElement document, string name) => document.GetProperty(name).EnumerateArray().Select(static text => text.GetString());
}
