using McpSecureGen.Http;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace McpSecureGen.Identity;

/// <summary>
/// Reads the header strictly in the bearer handler's place, and answers challenges of the author's own authorization as the endpoint guard would.
/// </summary>
internal sealed class CallerEvents(EndpointGuard guard) : JwtBearerEvents
{
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var credential = await HttpCredential.OfAsync(context.HttpContext).ConfigureAwait(false);
        switch (credential.Lookup.Status)
        {
            case CredentialStatus.Present when credential.Proof == ProofFailure.None:
                context.Token = credential.Lookup.Token;
                break;
            case CredentialStatus.Absent or CredentialStatus.Missing:
                context.NoResult();
                break;
            default:
                // Left to itself the handler would read the header again, and less strictly.
                context.Fail(new CallerRefusedException(credential.Result.Failure));
                break;
        }
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return guard.ChallengeAsync(context.HttpContext);
    }

    public override Task Forbidden(ForbiddenContext context) => guard.ForbidAsync(context.HttpContext);
}
