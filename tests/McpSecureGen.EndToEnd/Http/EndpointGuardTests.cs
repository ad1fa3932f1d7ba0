using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>The guard stands before the endpoints whatever the author makes of them, and where it does not stand nothing runs.</summary>
public sealed class EndpointGuardTests
{
    private static readonly string Call = HttpMessages.Call("read_note");

    private static async Task IsGuardedAsync(HttpTestServer server, string scope = "read:files")
    {
        Assert.Equal((401, "unauthenticated"), await Answer(null));
        Assert.Equal((403, "insufficient_capability"), await Answer($"Bearer {Issuer.Token("write:files")}"));
        Assert.Equal(["tools/call read_note unauthenticated NoCredential", "tools/call read_note insufficient_capability"], server.Refusals);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal((200, null), await Answer($"Bearer {Issuer.Token(scope)}"));
        Assert.Equal(1, server.Effects.Count("read"));

        async Task<(int, string?)> Answer(string? authorization)
        {
            var answer = await server.SendAsync(Call, authorization);
            return (answer.Status, answer.Reason);
        }
    }

    public static TheoryData<string> Conventions => ["filter", "name", "metadata", "order", "authorization", "anonymous"];

    [Theory]
    [MemberData(nameof(Conventions))]
    public async Task Conventions_of_the_author_leave_the_guard_in_place(string convention)
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            services: static services => services.AddAuthorization(),
            endpoint: endpoint =>
            {
                _ = convention switch
                {
                    "filter" => endpoint.AddEndpointFilter<IEndpointConventionBuilder, PassingFilter>(),
                    "name" => endpoint.WithDisplayName("mine"),
                    "metadata" => endpoint.WithMetadata(new object()),
                    "order" => endpoint.WithOrder(-5),
                    "authorization" => endpoint.RequireAuthorization(),
                    _ => endpoint.AllowAnonymous(),
                };
            });

        await IsGuardedAsync(server);
    }

    [Fact]
    public async Task Filter_and_name_together_with_cleared_metadata_leave_nothing_to_run()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            endpoint: static endpoint =>
            {
                endpoint.AddEndpointFilter<IEndpointConventionBuilder, PassingFilter>();
                endpoint.Finally(static builder =>
                {
                    builder.DisplayName = "mine";
                    builder.Metadata.Clear();
                    builder.Metadata.Add(new HttpMethodMetadata(["POST"]));
                });
            });

        var answer = await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}");

        Assert.NotEqual((200, null), (answer.Status, answer.ErrorCode));
        Assert.Empty(server.Effects.Seen);
    }

    [Theory]
    [InlineData(HttpServerSessionMode.Stateless, false)]
    [InlineData(HttpServerSessionMode.Stateless, true)]
    public async Task Endpoint_that_reaches_the_sdk_around_the_guard_finds_no_caller(HttpServerSessionMode mode, bool withUser)
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            http => http.SessionMode = mode,
            pipeline: app => app.MapPost("/around", context =>
            {
                if (withUser)
                {
                    context.User = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new("sub", "alice")], McpSecurityAuthentication.Scheme));
                }

                var sdk = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                    .First(static endpoint => endpoint.RoutePattern.RawText == "/mcp" || endpoint.RoutePattern.RawText == "/mcp/");
                return sdk.RequestDelegate!(context);
            }));

        var answer = await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}", change: request => request.RequestUri = new Uri(server.Endpoint, "/around"));

        Assert.Equal((int?)-32050, answer.ErrorCode);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}")).Status);
    }

    [Fact]
    public async Task Scheme_of_the_author_stays_the_default()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            services: static services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AlwaysZoe>("Zoe", null),
            pipeline: static app => app.MapGet("/who", static (HttpContext context) => context.User.Identity?.Name ?? "nobody"));

        var who = await server.SendAsync(null, $"Bearer {Issuer.Token("read:files")}", change: request =>
        {
            request.Method = HttpMethod.Get;
            request.RequestUri = new Uri(server.Endpoint, "/who");
        });
        Assert.Equal("zoe", who.Body);
        await IsGuardedAsync(server);
    }

    [Fact]
    public async Task Callers_can_be_admitted_to_other_endpoints_by_the_scheme()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            services: static services => services.AddAuthorization(),
            pipeline: static app => app.MapPost("/own", static (HttpContext context) => context.User.FindFirst("sub")!.Value)
                .RequireAuthorization(static policy => policy.AddAuthenticationSchemes(McpSecurityAuthentication.Scheme).RequireAuthenticatedUser()));
        Task<HttpAnswer> Ask(string? token) => server.SendAsync("x", token, change: request => request.RequestUri = new Uri(server.Endpoint, "/own"));

        Assert.Equal((401, "Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/files\""), ((await Ask(null)).Status, (await Ask(null)).Challenge));
        Assert.Contains("error=\"invalid_token\"", (await Ask("Bearer garbled")).Challenge, StringComparison.Ordinal);
        Assert.Equal("alice", (await Ask($"Bearer {Issuer.Token()}")).Body);
    }

    [Fact]
    public async Task Policy_of_the_author_that_denies_is_recorded()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            services: static services => services.AddAuthorization(),
            endpoint: static endpoint => endpoint.RequireAuthorization(static policy => policy.RequireClaim("roles", "admin")));

        Assert.Equal(403, (await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}")).Status);
        Assert.Equal(["tools/call read_note forbidden_by_policy"], server.Refusals);
        Assert.Empty(server.Effects.Seen);
        Assert.Equal(200, (await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files", ["admin"])}")).Status);
    }

    [Fact]
    public async Task Key_file_that_is_gone_refuses_every_caller()
    {
        var folder = Directory.CreateTempSubdirectory("mcpsec-keys-");
        try
        {
            var file = Path.Combine(folder.FullName, "keys.json");
            await File.WriteAllTextAsync(file, Issuer.KeySet);
            await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), settings: settings =>
            {
                settings.Remove("McpSecurity:Authentication:Keys");
                settings["McpSecurity:Authentication:KeyFile"] = file;
            });
            Assert.Equal(200, (await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}")).Status);

            File.Delete(file);
            var deadline = DateTime.UtcNow.AddSeconds(20);
            HttpAnswer answer;
            while ((answer = await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}")).Status == 200 && DateTime.UtcNow < deadline)
            {
                await Task.Delay(100);
            }

            Assert.Equal((503, "unauthenticated", null), (answer.Status, answer.Reason, answer.Challenge));
            Assert.Contains("Unavailable", server.Refusals[^1], StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Refusal_that_cannot_be_recorded_is_still_a_refusal()
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>());
        var security = server.Services.GetRequiredService(typeof(Hosting.McpSecurityOptions).Assembly.GetType("McpSecureGen.Hosting.HostSecurity")!);
        ((IDisposable)security).Dispose();

        foreach (var token in (string?[])[null, "garbled", Issuer.Token("write:files")])
        {
            var answer = await server.SendAsync(Call, token is null ? null : $"Bearer {token}");
            Assert.Equal((503, "audit_unavailable", null), (answer.Status, answer.Reason, answer.Challenge));
        }

        Assert.Equal((int?)-32052, (await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}")).ErrorCode);
        Assert.Empty(server.Effects.Seen);
    }

    [Fact]
    public async Task Check_that_throws_refuses()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<NoteTools>(),
            services: static services => services.AddTransient<IClaimsTransformation, Throwing>()
                .AddAuthentication().AddScheme<AuthenticationSchemeOptions, AlwaysZoe>("Zoe", null));

        var answer = await server.SendAsync(Call, $"Bearer {Issuer.Token("read:files")}");

        Assert.Equal((503, "check_failed"), (answer.Status, answer.Reason));
        Assert.Equal(["http/post check_failed"], server.Refusals);
        Assert.Empty(server.Effects.Seen);
    }

    [Fact]
    public async Task Claims_that_the_author_adds_reach_the_tool_beside_the_caller()
    {
        await using var server = await HttpTestServer.StartAsync(
            static b => b.WithTools<AuthorizedTools>().AddAuthorizationFilters(),
            services: static services => services.AddAuthorization().AddTransient<IClaimsTransformation, Cloning>());
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"));

        Assert.Equal("admin", TestServer.Text(await client.CallAsync("for_admins")));
    }

    private sealed class PassingFilter : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => next(context);
    }

    private sealed class Throwing : IClaimsTransformation
    {
        public Task<System.Security.Claims.ClaimsPrincipal> TransformAsync(System.Security.Claims.ClaimsPrincipal principal) =>
            principal.Identity!.AuthenticationType == McpSecurityAuthentication.Scheme ? throw new TimeoutException() : Task.FromResult(principal);
    }

    private sealed class Cloning : IClaimsTransformation
    {
        public Task<System.Security.Claims.ClaimsPrincipal> TransformAsync(System.Security.Claims.ClaimsPrincipal principal)
        {
            var copy = principal.Clone();
            copy.Identities.First().AddClaim(new("roles", "admin"));
            return Task.FromResult(copy);
        }
    }

    private sealed class AlwaysZoe(IOptionsMonitor<AuthenticationSchemeOptions> options, Microsoft.Extensions.Logging.ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(
            new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.Name, "zoe")], "Zoe")), "Zoe")));
    }
}
