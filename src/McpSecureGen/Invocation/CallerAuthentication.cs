using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json.Nodes;
using McpSecureGen.Audit;
using McpSecureGen.Identity;

namespace McpSecureGen.Invocation;

/// <summary>Asks Identity who makes a request, and writes the answer into a record.</summary>
internal static class CallerAuthentication
{
    internal static async ValueTask<AuthenticationResult> ResolveAsync(
        SecurityServices security, IServiceProvider? services, JsonObject? meta, ClaimsPrincipal? user, CancellationToken cancellationToken)
    {
        try
        {
            return await security.Callers
                .ResolveAsync(new CredentialRequest(meta, security.IsLocal, services, user), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Fail closed: a check that breaks has not said yes.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new AuthenticationResult(null, AuthenticationFailure.Unavailable);
        }
    }

    internal static AuditRecord Stamp(AuditRecord record, Caller? caller) => record with
    {
        Subject = caller?.Subject,
        ClientId = caller?.ClientId,
        TokenId = caller?.TokenId,
        CallerSource = caller?.Source.ToString(),
        TraceId = Activity.Current?.TraceId.ToHexString(),
    };

    /// <summary>What the client is told: enough to get a new token, nothing that helps to forge one.</summary>
    internal static string Describe(AuthenticationFailure failure) => failure switch
    {
        AuthenticationFailure.NoCredential => "no token",
        AuthenticationFailure.Expired => "token expired",
        AuthenticationFailure.Unavailable => "authentication unavailable",
        _ => "token not accepted",
    };
}
