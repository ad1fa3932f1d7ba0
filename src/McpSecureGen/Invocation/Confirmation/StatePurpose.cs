namespace McpSecureGen.Invocation;

/// <summary>What a state is for; one is never taken for another.</summary>
internal enum StatePurpose : byte
{
    /// <summary>The answer to a confirmation.</summary>
    Confirmation = 1,

    /// <summary>The state of an author's own question.</summary>
    Author = 2,

    /// <summary>The same, of a call that was confirmed before.</summary>
    ConfirmedAuthor = 3,

    /// <summary>A call that the SDK has suspended.</summary>
    Continuation = 4,
}
