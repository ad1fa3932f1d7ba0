using System.Security.Claims;
using McpSecureGen.EndToEnd.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Http;

/// <summary><c>[Authorize]</c> keeps its meaning on a secured tool: both must say yes.</summary>
public sealed class AuthorizationFilterTests
{
    private static Task<HttpTestServer> StartAsync(HttpServerSessionMode mode, bool filters = true) => HttpTestServer.StartAsync(
        builder =>
        {
            builder.WithTools<AuthorizedTools>();
            if (filters)
            {
                builder.AddAuthorizationFilters();
            }
        },
        http => http.SessionMode = mode,
        static services => services.AddAuthorization(),
        pipeline: static app => app.Use(static (context, next) =>
        {
            if (context.Request.Headers["X-User"] is [{ } name])
            {
                Claim[] claims = [new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Name, name), new(ClaimTypes.Role, name)];
                context.User = new ClaimsPrincipal(new ClaimsIdentity(claims, "test"));
            }

            return next(context);
        }));

    private static async Task RefusedAsync(HttpTestClient client, string tool, int code)
    {
        var refusal = await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallAsync(tool));
        Assert.Equal(code, (int)refusal.ErrorCode);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Caller_is_signed_in_and_has_the_roles_of_its_token(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        Assert.Equal(["for_all", "for_signed_in"], await client.ToolsAsync());
        Assert.Equal("signed in", TestServer.Text(await client.CallAsync("for_signed_in")));
        await RefusedAsync(client, "for_admins", (int)McpErrorCode.InvalidRequest);
        Assert.Equal(["signed in"], server.Effects.Seen);

        client.Token = Issuer.Token("read:files", roles: ["admin"]);
        Assert.Equal("admin", TestServer.Text(await client.CallAsync("for_admins")));
    }

    [Theory]
    [InlineData(HttpServerSessionMode.Stateless, "2025-06-18", "ann")]
    [InlineData(HttpServerSessionMode.Stateless, "2026-07-28", "ann")]
    [InlineData(HttpServerSessionMode.Stateful, "2025-06-18", "ann")]
    [InlineData(HttpServerSessionMode.Stateless, "2025-06-18", "admin")]
    [InlineData(HttpServerSessionMode.Stateless, "2026-07-28", "admin")]
    [InlineData(HttpServerSessionMode.Stateful, "2025-06-18", "admin")]
    public async Task Allowed_principal_sees_and_runs_it(HttpServerSessionMode mode, string version, string user)
    {
        // A session belongs to the principal that opened it, so the name is there from the first request.
        await using var server = await StartAsync(mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version, user);

        Assert.Equal(user == "admin" ? ["for_admins", "for_all", "for_signed_in"] : ["for_all", "for_signed_in"], await client.ToolsAsync());
        Assert.Equal("signed in", TestServer.Text(await client.CallAsync("for_signed_in")));
        if (user == "admin")
        {
            Assert.Equal("admin", TestServer.Text(await client.CallAsync("for_admins")));
        }
        else
        {
            await RefusedAsync(client, "for_admins", (int)McpErrorCode.InvalidRequest);
            Assert.Equal(0, server.Effects.Count("admin"));
        }
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task Principal_of_the_pipeline_is_no_caller(string version)
    {
        await using var server = await StartAsync(HttpServerSessionMode.Stateless);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version, "admin");

        client.Token = null;
        Assert.Equal(401, (await Assert.ThrowsAsync<HttpRefusedException>(async () => await client.CallAsync("for_admins"))).Status);
        client.Token = Issuer.Token("write:files");
        Assert.Equal(403, (await Assert.ThrowsAsync<HttpRefusedException>(async () => await client.CallAsync("for_admins"))).Status);
        Assert.Empty(server.Effects.Seen);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Authorization_attribute_without_its_filters_runs_nothing(HttpServerSessionMode mode, string version)
    {
        await using var server = await StartAsync(mode, filters: false);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        Assert.True((await client.CallAsync("for_signed_in")).IsError);
        await Assert.ThrowsAnyAsync<McpException>(client.ToolsAsync);
        Assert.Empty(server.Effects.Seen);
    }
}
