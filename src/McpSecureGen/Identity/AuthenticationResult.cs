namespace McpSecureGen.Identity;

/// <summary>A caller, or why there is none. The default value is neither and counts as refused.</summary>
/// <param name="Caller">Who calls; null exactly when refused.</param>
/// <param name="Failure">Why it was refused; <see cref="AuthenticationFailure.None"/> when not.</param>
public readonly record struct AuthenticationResult(Caller? Caller, AuthenticationFailure Failure)
{
    /// <summary>Whether there is a caller.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Caller))]
    public bool Succeeded => Caller is not null && Failure == AuthenticationFailure.None;

    /// <summary>The token, so that the result of the call can be kept from holding it.</summary>
    internal string? Credential { get; init; }

    internal static AuthenticationResult Refused(AuthenticationFailure failure) => new(null, failure);
}
