using McpSecureGen.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace McpSecureGen.Identity;

/// <summary>
/// Reads the header strictly in the bearer handler's place, and answers challenges of the author's own authorization as the endpoint guard would.
/// </summary>
internal sealed class CallerEvents(EndpointGuard guard) : JwtBearerEvents
{
    public override Task MessageReceived(MessageReceivedContext context)
    {
        var found = HttpCredential.Of(context.HttpContext).Lookup;
        switch (found.Status)
        {
            case CredentialStatus.Present:
                context.Token = found.Token;
                break;
            case CredentialStatus.Absent or CredentialStatus.Missing:
                context.NoResult();
                break;
            default:
                // Left to itself the handler would read the header again, and less strictly.
                context.Fail(new CallerRefusedException(AuthenticationFailure.Malformed));
                break;
        }

        return Task.CompletedTask;
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return guard.ChallengeAsync(context.HttpContext);
    }

    public override Task Forbidden(ForbiddenContext context) => guard.ForbidAsync(context.HttpContext);
}
