namespace McpSecureGen.Identity;

/// <summary>One entry of <c>McpSecurity:Authentication:Issuers</c>: an issuer beside the one that the section itself may name.</summary>
/// <remarks>The token's <c>iss</c> chooses the entry, compared exactly; no key of another entry is tried (mix-up).</remarks>
public sealed class IssuerOptions
{
    /// <summary>The token's <c>iss</c>, compared exactly: no trailing slash is forgiven. Required; each issuer stands once.</summary>
    public string? Issuer { get; set; }

    /// <summary>What the token's <c>aud</c> must contain. Default: <see cref="AuthenticationOptions.Audience"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.KeyFile"/>.</summary>
    public string? KeyFile { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.Keys"/>.</summary>
    public string? Keys { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.JwksUri"/>.</summary>
    public string? JwksUri { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.JwksRefreshInterval"/>. Default: that of the section.</summary>
    public TimeSpan? JwksRefreshInterval { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.AllowPrivateAddresses"/>. Default <see langword="false"/>, whatever the section says.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.MaxTokenLifetime"/>. Default: that of the section.</summary>
    public TimeSpan? MaxTokenLifetime { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.RequireDPoP"/>. Default <see langword="false"/>, whatever the section says.</summary>
    public bool RequireDPoP { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.TokenIdClaim"/>. Default <c>jti</c>, whatever the section says.</summary>
    public string TokenIdClaim { get; set; } = TokenClaims.DefaultTokenId;

    /// <summary>As <see cref="AuthenticationOptions.AllowMissingType"/>. Default <see langword="false"/>, whatever the section says.</summary>
    public bool AllowMissingType { get; set; }

    /// <summary>As <see cref="AuthenticationOptions.Algorithms"/>. Empty: that of the section.</summary>
    public string[] Algorithms { get; set; } = [];
}
