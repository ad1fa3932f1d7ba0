namespace McpSecureGen.Identity;

/// <summary>What is known about the revocation of one validated token, and since when.</summary>
internal sealed class RevocationState(Caller caller, TimeSpan skew)
{
    private long _answeredAt;
    private long _failedAt;
    private volatile bool _isRevoked;

    public string TokenKey { get; } = TokenRevocation.TokenKey(caller.Issuer, caller.TokenId);

    public string SubjectKey { get; } = TokenRevocation.SubjectKey(caller.Issuer, caller.Subject);

    /// <summary>
    /// The earliest moment at which the token can have been issued: a clock of the issuer that is ahead by the skew allowed must not carry a token across
    /// the revocation of its subject.
    /// </summary>
    public DateTimeOffset IssuedAt { get; } = caller.IssuedAt - skew;

    public DateTimeOffset ExpiresAt { get; } = caller.ExpiresAt;

    public Lock Asking { get; } = new();

    public Task<RevocationAnswer>? Question { get; set; }

    /// <summary>For good: a token is not un-revoked.</summary>
    public bool IsRevoked => _isRevoked;

    /// <summary>Timestamp of the moment the last good answer was asked for; 0 for none.</summary>
    public long AnsweredAt => Volatile.Read(ref _answeredAt);

    /// <summary>Timestamp of the last failure; 0 for none.</summary>
    public long FailedAt => Volatile.Read(ref _failedAt);

    public void Answered(long askedAt, bool isRevoked)
    {
        _isRevoked |= isRevoked;
        Volatile.Write(ref _answeredAt, askedAt);
    }

    public void Failed(long at) => Volatile.Write(ref _failedAt, at);
}
