using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Limits;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.EndToEnd.Methods;

/// <summary>A capability that only a sender-constrained token may use is refused to the bearer of any other, however much that token grants.</summary>
public sealed class SenderConstraintTests
{
    [Theory]
    [InlineData("write:files")]
    [InlineData("write:files/temp")]
    public async Task Given_a_bearer_token_then_what_needs_more_is_refused_and_hidden_and_the_rest_runs(string constrained)
    {
        await using var client = await StartAsync(constrained);
        var token = Issuer.Token("read:files write:files");

        var refused = await client.CallAsync("guarded", "{}", token);

        Assert.Equal(-32051, refused.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal("sender_constraint_required", refused.GetProperty("error").GetProperty("data").GetProperty("reason").GetString());
        Assert.Empty(client.Effects.Seen);
        Assert.Equal(["sender_constraint_required"], client.NewEnds());
        Assert.Equal("hello", NewestClient.Text(await client.CallAsync("greet", "{}", token)));

        var tools = (await client.SendAsync("tools/list", [], token)).ToString();
        Assert.Contains("greet", tools, StringComparison.Ordinal);
        Assert.DoesNotContain("guarded", tools, StringComparison.Ordinal);
        var templates = (await client.SendAsync("resources/templates/list", [], token)).ToString();
        Assert.DoesNotContain("closed://", templates, StringComparison.Ordinal);
        var read = await client.SendAsync("resources/read", new JsonObject { ["uri"] = "closed://x" }, token);
        Assert.Equal("Unknown resource URI: 'closed://x'", NewestClient.Text(read));
    }

    [Fact]
    public async Task Given_a_token_bound_to_a_key_that_the_request_proved_then_it_may()
    {
        await using var client = await StartAsync("write:files", static s => s.AddSingleton<ICredentialSource, ProvedKey>());
        var token = Issuer.Token("read:files write:files", proofKey: ProvedKey.Thumbprint);

        Assert.Equal("ran", NewestClient.Text(await client.CallAsync("guarded", "{}", token)));
        Assert.Contains("guarded", (await client.SendAsync("tools/list", [], token)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_no_constraint_then_a_bearer_token_is_enough()
    {
        await using var client = await StartAsync(null);

        Assert.Equal("ran", NewestClient.Text(await client.CallAsync("guarded", "{}", Issuer.Token("read:files write:files"))));
    }

    [Fact]
    public async Task Given_a_capability_nobody_knows_then_the_server_does_not_start()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync("write:filez"));

        Assert.Contains("McpSecurity:Authentication:DPoPRequiredFor", error.ToString(), StringComparison.Ordinal);
    }

    private static Task<NewestClient> StartAsync(string? constrained, Action<IServiceCollection>? services = null) => NewestClient.StartAsync(
        static b => b.WithTools<MethodTools>().WithResources([typeof(MethodResources)]),
        s =>
        {
            if (constrained is not null)
            {
                s["McpSecurity:Authentication:DPoPRequiredFor:0"] = constrained;
            }
        },
        services);

    /// <summary>A transport that has checked a proof of possession.</summary>
    private sealed class ProvedKey : ICredentialSource
    {
        public static string Thumbprint { get; } = new('A', 43);

        public CredentialLookup Find(in CredentialRequest request) =>
            CredentialLookup.Of((string?)request.Meta?[CallMetaCredential.MetaKey], CallerSource.CallMeta) with { ProofKeyThumbprint = Thumbprint };
    }
}
