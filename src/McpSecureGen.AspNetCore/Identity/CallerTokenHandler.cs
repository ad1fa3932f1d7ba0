using System.Security.Claims;
using McpSecureGen.Hosting;
using McpSecureGen.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>Gives the tokens of the bearer handler to the one engine that decides for every transport.</summary>
/// <remarks>
/// The handler's validation parameters are not read: two judges with two sets of settings are one setting away from disagreeing. Keys, issuer, audience
/// and lifetimes stand in <c>McpSecurity:Authentication</c> alone.
/// </remarks>
internal sealed class CallerTokenHandler(IHttpContextAccessor requests, IServiceProvider services) : TokenHandler
{
    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (requests.HttpContext is not { } context || context.Features.Get<HttpCredential>() is not { } credential)
        {
            return Refused(AuthenticationFailure.Unavailable);
        }

        if (!string.Equals(credential.Lookup.Token, token, StringComparison.Ordinal))
        {
            return Refused(AuthenticationFailure.Malformed);
        }

        var candidate = new ClaimsPrincipal(new CallerIdentity(credential.Lookup));
        credential.Result = await CallerAuthentication.ResolveAsync(
            services.GetRequiredService<HostSecurity>().Guard.Security, context.RequestServices, meta: null, candidate, context.RequestAborted).ConfigureAwait(false);
        if (!credential.Result.Succeeded)
        {
            return Refused(credential.Result.Failure);
        }

        return new TokenValidationResult
        {
            IsValid = true,
            ClaimsIdentity = CallerIdentity.ClaimsOf(credential.Result.Caller),
            SecurityToken = new CallerToken(credential.Result.Caller),
        };
    }

    private static TokenValidationResult Refused(AuthenticationFailure failure) => new() { IsValid = false, Exception = new CallerRefusedException(failure) };
}
