namespace McpSecureGen.Identity;

/// <summary>Why a DPoP proof was refused. For the record; the client learns <c>invalid_dpop_proof</c> or <c>use_dpop_nonce</c> (RFC 9449, sections 7.1, 9).</summary>
internal enum ProofFailure
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>The request has no <c>DPoP</c> header.</summary>
    Absent,

    /// <summary>Several headers, or a proof that fails a check of RFC 9449, section 4.3.</summary>
    Invalid,

    /// <summary>The proof was used before, or the memory of used proofs is full.</summary>
    Replayed,

    /// <summary>The proof carries no nonce of this server, or one that is too old. Answer with <c>DPoP-Nonce</c>; the client tries again.</summary>
    NonceRequired,

    /// <summary>The check could not be made. Refused like any other.</summary>
    Unavailable,
}
