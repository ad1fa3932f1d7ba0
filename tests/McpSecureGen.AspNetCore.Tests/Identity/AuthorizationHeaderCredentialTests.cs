using System.Security.Claims;
using System.Text.Json.Nodes;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.AspNetCore.Tests.Identity;

public sealed class AuthorizationHeaderCredentialTests
{
    private static readonly TestTokens Issuer = new();
    private static readonly string Token = Issuer.Mint();

    /// <summary>A call that holds a good token everywhere but in the header.</summary>
    private static readonly CredentialRequest Tempting = new(new JsonObject { [CallMetaCredential.MetaKey] = Token }, true, null);

    private static CredentialLookup Find(params string?[] headers) => Find(new StringValues(headers));

    private static CredentialLookup Find(StringValues header)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;
        return Source(context).Find(default(CredentialRequest) with { User = Guarded(context) });
    }

    /// <summary>What the endpoint guard makes of a request, before anyone judges the token.</summary>
    private static ClaimsPrincipal Guarded(HttpContext context) => new(new CallerIdentity(AuthorizationHeader.Read(context.Request.Headers.Authorization, out _)));

    private static AuthorizationHeaderCredential Source(HttpContext? context, params Type[] registered) =>
        new(new HttpContextAccessor { HttpContext = context }, new Registered(registered));

    private static AuthenticationResult Resolve(HttpContext? context, CredentialRequest request) =>
        new CallerResolver(new([Source(context), new CallMetaCredential(), new Process()]), Issuer.Authenticator()).ResolveAsync(request, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER {0}")]
    [InlineData("Bearer   {0}")]
    public void Bearer_token_of_the_header_is_found(string header)
    {
        var found = Find(string.Format(null, header, Token));

        Assert.Equal((CredentialStatus.Present, Token, CallerSource.Authorization), (found.Status, found.Token, found.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer    ")]
    [InlineData("Bearer\tabc")]
    [InlineData("Bearer\u00a0abc")]
    [InlineData("Bearer: abc")]
    [InlineData("Bearer=abc")]
    [InlineData("Bearerabc")]
    [InlineData(" Bearer abc")]
    [InlineData("Bearer abc def")]
    [InlineData("Bearer abc ")]
    [InlineData("Bearer \tabc")]
    [InlineData("Bearer abc,def")]
    [InlineData("Bearer abc, Bearer def")]
    [InlineData("Bearer \"abc\"")]
    [InlineData("Bearer abc\0")]
    [InlineData("Bearer \u0430bc")]
    [InlineData("Basic YTpi")]
    [InlineData("Negotiate abc")]
    [InlineData("abc")]
    public void Anything_but_one_bearer_token_is_invalid(string header)
    {
        Assert.Equal(CredentialStatus.Invalid, Find(header).Status);
        Assert.Null(Find(header).Token);
        Assert.Equal(CredentialStatus.Present, Find("Bearer abc").Status);
    }

    [Fact]
    public void Token_above_eight_kibibytes_is_invalid()
    {
        Assert.Equal(CredentialStatus.Present, Find("Bearer " + new string('a', 8192)).Status);
        Assert.Equal(CredentialStatus.Invalid, Find("Bearer " + new string('a', 8193)).Status);
    }

    [Fact]
    public void Several_headers_are_invalid_though_each_alone_is_good()
    {
        Assert.Equal(CredentialStatus.Invalid, Find($"Bearer {Token}", $"Bearer {Token}").Status);
        Assert.Equal(CredentialStatus.Invalid, Find($"Bearer {Token}", "Basic YTpi").Status);
        Assert.Equal(CredentialStatus.Invalid, Find("", $"Bearer {Token}").Status);
        Assert.Equal(CredentialStatus.Present, Find($"Bearer {Token}").Status);
    }

    [Fact]
    public void Call_without_a_header_has_no_credential_whatever_else_it_holds()
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString($"?access_token={Token}&token={Token}");
        context.Request.Headers["X-Authorization"] = $"Bearer {Token}";
        context.Request.Headers["Proxy-Authorization"] = $"Bearer {Token}";
        context.Request.Headers.Cookie = $"Authorization={Token}";

        Assert.Equal(AuthenticationFailure.NoCredential, Resolve(context, Tempting).Failure);
        Assert.Equal(AuthenticationFailure.NoCredential, Resolve(context, Tempting with { User = Guarded(context) }).Failure);

        context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {Token}";
        var caller = Resolve(context, Tempting with { User = Guarded(context) }).Caller!;
        Assert.Equal(("alice", CallerSource.Authorization), (caller.Subject, caller.Source));
    }

    [Fact]
    public void Header_that_no_guard_has_read_is_no_credential()
    {
        var context = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity([new("sub", "alice")], "Bearer")) };
        context.Request.Headers.Authorization = $"Bearer {Token}";

        Assert.Equal(AuthenticationFailure.NoCredential, Resolve(context, Tempting).Failure);
        Assert.Equal(AuthenticationFailure.NoCredential, Resolve(context, Tempting with { User = context.User }).Failure);
        Assert.True(Resolve(context, Tempting with { User = Guarded(context) }).Succeeded);
    }

    [Fact]
    public void Message_keeps_its_caller_whatever_request_it_runs_under()
    {
        var opening = new DefaultHttpContext();
        opening.Request.Headers.Authorization = $"Bearer {Token}";
        var message = new DefaultHttpContext();
        message.Request.Headers.Authorization = $"Bearer {Issuer.Mint(static claims => claims["sub"] = "bob")}";

        Assert.Equal("bob", Resolve(opening, Tempting with { User = Guarded(message) }).Caller!.Subject);
        Assert.Equal("bob", Resolve(null, Tempting with { User = Guarded(message) }).Caller!.Subject);
    }

    [Fact]
    public void Copy_that_a_claims_transformation_makes_keeps_the_credential()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = $"Bearer {Token}";
        var copy = Guarded(context).Clone();
        copy.AddIdentity(new ClaimsIdentity([new("more", "claims")]));

        Assert.Equal("alice", Resolve(context, Tempting with { User = copy }).Caller!.Subject);
    }

    [Fact]
    public void Invalid_header_refuses_though_meta_and_environment_hold_good_tokens()
    {
        foreach (var header in (string[])["Basic YTpi", "Bearer", "Bearer garbled", $"Bearer {new TestTokens().Mint()}", $"Bearer {Token}"])
        {
            var context = new DefaultHttpContext();
            context.Request.Headers.Authorization = header;
            Assert.Equal(header == $"Bearer {Token}", Resolve(context, Tempting with { User = Guarded(context) }).Succeeded);
        }
    }

    [Fact]
    public void Local_call_without_a_request_is_left_to_the_other_sources()
    {
        Assert.Equal(CredentialStatus.Absent, Source(null).Find(Tempting).Status);
        Assert.Equal(CallerSource.CallMeta, Resolve(null, Tempting).Caller!.Source);
    }

    [Fact]
    public void Call_whose_request_has_ended_has_no_credential_unless_the_server_has_a_local_pipe_too()
    {
        var shared = Tempting with { AmbientAllowed = false };

        Assert.Equal(AuthenticationFailure.NoCredential, Resolve(null, shared).Failure);
        Assert.Equal(CredentialStatus.Missing, Source(null, typeof(IHttpContextAccessor)).Find(shared).Status);
        Assert.Equal(CredentialStatus.Absent, Source(null, typeof(ITransport)).Find(shared).Status);
        Assert.Equal(CredentialStatus.Missing, new AuthorizationHeaderCredential(new HttpContextAccessor { HttpContext = null }).Find(shared).Status);
    }

    /// <summary>Stands for the token file and the environment variable of this process.</summary>
    private sealed class Process : ICredentialSource
    {
        public CredentialLookup Find(in CredentialRequest request) => CredentialLookup.Of(Token, CallerSource.Environment);
    }

    private sealed class Registered(Type[] types) : IServiceProviderIsService
    {
        public bool IsService(Type serviceType) => types.Contains(serviceType);
    }
}
