namespace McpSecureGen.Invocation;

/// <summary>How a call ended.</summary>
/// <param name="Result">What the client gets; null when it is withheld.</param>
/// <param name="Outcome">For the record.</param>
/// <param name="Length">For the record: the length of the result.</param>
/// <param name="Why">Why it is withheld; null when for its length.</param>
internal readonly record struct Ending<TResult>(TResult? Result, string Outcome, int? Length = null, string? Why = null)
    where TResult : class;

/// <summary>Makes endings.</summary>
internal static class Ending
{
    /// <summary>No result.</summary>
    internal static Ending<TResult> Withheld<TResult>(long size, string? why = null)
        where TResult : class => new(null, "output_refused", (int)Math.Min(size, int.MaxValue), why);
}
