using System.Text.Json.Nodes;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

/// <summary>Tokens bound to a key (RFC 9449, section 6; RFC 7800).</summary>
public sealed class BoundTokenTests
{
    private const string Thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private const string Other = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

    private static readonly TestTokens Issuer = new();

    private readonly CallerAuthenticator _authenticator = Issuer.Authenticator();

    private static string Bound(string cnf) => Issuer.Mint(c => c["cnf"] = JsonNode.Parse(cnf));

    private async Task<AuthenticationFailure> JudgeAsync(string token, string? proof) =>
        (await _authenticator.AuthenticateAsync(token, CallerSource.Authorization, proof, default)).Failure;

    [Fact]
    public async Task Given_a_bound_token_then_only_the_proof_of_its_key_makes_it_a_caller()
    {
        var token = Bound($$"""{"jkt":"{{Thumbprint}}"}""");
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(AuthenticationFailure.ProofRequired, await JudgeAsync(token, null));
            Assert.Equal(AuthenticationFailure.InvalidProof, await JudgeAsync(token, Other));
            Assert.Equal(AuthenticationFailure.InvalidProof, await JudgeAsync(token, ""));
            var accepted = await _authenticator.AuthenticateAsync(token, CallerSource.Authorization, Thumbprint, default);
            Assert.True(accepted.Succeeded);
            Assert.True(accepted.Caller.IsSenderConstrained);
            Assert.Equal(Thumbprint, accepted.Caller.ProofKeyThumbprint);
        }
    }

    [Fact]
    public async Task Given_a_bound_token_over_a_pipe_then_refused_and_an_unbound_one_passes()
    {
        CallerResolver Pipe(string token) => new(new CredentialChain([new EnvironmentCredential(_ => token)]), _authenticator);
        var request = new CredentialRequest(null, AmbientAllowed: true, null);

        Assert.Equal(
            AuthenticationFailure.ProofRequired, (await Pipe(Bound($$"""{"jkt":"{{Thumbprint}}"}""")).ResolveAsync(request, default)).Failure);
        var caller = (await Pipe(Issuer.Mint()).ResolveAsync(request, default)).Caller!;
        Assert.False(caller.IsSenderConstrained);
    }

    [Fact]
    public async Task Given_a_proof_for_a_token_that_is_bound_to_nothing_then_refused() =>
        Assert.Equal(AuthenticationFailure.InvalidProof, await JudgeAsync(Issuer.Mint(), Thumbprint));

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"")]
    [InlineData("[]")]
    [InlineData("{\"x5t#S256\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}")]
    [InlineData("{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\",\"x5t#S256\":\"x\"}")]
    [InlineData("{\"jkt\":7}")]
    [InlineData("{\"jkt\":\"\"}")]
    [InlineData("{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4\"}")]
    [InlineData("{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I=\"}")]
    [InlineData("{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4J\"}")]
    public async Task Given_a_binding_that_cannot_be_checked_then_refused_with_and_without_proof(string cnf)
    {
        Assert.Equal(AuthenticationFailure.InvalidProof, await JudgeAsync(Bound(cnf), null));
        Assert.Equal(AuthenticationFailure.InvalidProof, await JudgeAsync(Bound(cnf), Thumbprint));
    }
}
