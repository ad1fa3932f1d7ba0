using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>What the bearer handler keeps of a token: its identifier and its end, and not the token.</summary>
internal sealed class CallerToken(Caller caller) : SecurityToken
{
    public override string Id => caller.TokenId;

    public override string Issuer => caller.Issuer;

    public override SecurityKey? SecurityKey => null;

    public override SecurityKey? SigningKey { get; set; }

    public override DateTime ValidFrom => DateTime.MinValue;

    public override DateTime ValidTo => caller.ExpiresAt.UtcDateTime;
}
