using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>Tells the bearer handler that a token was refused. It names the check for the operator's log and never holds the token.</summary>
internal sealed class CallerRefusedException(AuthenticationFailure failure) : SecurityTokenException($"The token was refused: {failure}.");
