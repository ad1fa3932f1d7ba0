namespace McpSecureGen.Invocation;

/// <summary>How a call ended.</summary>
/// <param name="Result">What the client gets; null when it is withheld.</param>
/// <param name="Outcome">For the record.</param>
/// <param name="Length">For the record: the length of the result.</param>
internal readonly record struct Ending<TResult>(TResult? Result, string Outcome, int? Length = null)
    where TResult : class;

/// <summary>Makes endings.</summary>
internal static class Ending
{
    /// <summary>A result, or none when it is too long.</summary>
    internal static Ending<TResult> Of<TResult>(TResult result, string outcome, int? length, long size, int limit)
        where TResult : class => size > limit ? new(null, "output_refused", (int)Math.Min(size, int.MaxValue)) : new(result, outcome, length);
}
