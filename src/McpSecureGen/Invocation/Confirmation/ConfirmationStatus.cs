namespace McpSecureGen.Invocation;

/// <summary>Where a call stands that a person must agree to.</summary>
internal enum ConfirmationStatus
{
    /// <summary>Nobody was asked.</summary>
    None,

    /// <summary>The person said yes to this call.</summary>
    Given,

    /// <summary>The person said no, or nothing.</summary>
    Declined,

    /// <summary>The answer is not to a question of ours about this call.</summary>
    Rejected,
}
