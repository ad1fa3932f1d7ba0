using McpSecureGen.Validation.Output;

namespace McpSecureGen.Invocation;

/// <summary>The one place where results leave. What cannot be checked is withheld.</summary>
internal static class OutputCheck
{
    private const string Unchecked = "The result could not be checked and is withheld.";

    internal delegate TResult Cleaning<TResult>(TResult result, in OutputScrub scrub);

    /// <summary>How a call ends that came back with a result.</summary>
    internal static Ending<TResult> Conclude<TResult>(
        PrimitiveCall call, TResult result, string outcome, Func<TResult, int?> lengthOf, Func<TResult, long> sizeOf, Cleaning<TResult> clean)
        where TResult : class
    {
        var limit = call.Gate.OutputLimit;
        var size = sizeOf(result);
        if (size > limit)
        {
            return Ending.Withheld<TResult>(size);
        }

        TResult cleaned;
        try
        {
            cleaned = clean(result, Scrub(call));
            if (!ReferenceEquals(cleaned, result))
            {
                // The bound is on what leaves, and what was made visible is longer.
                size = sizeOf(cleaned);
            }
        }
        catch (OutputRefusedException refused)
        {
            return Ending.Withheld<TResult>(size, refused.Message);
        }
#pragma warning disable CA1031 // Fail closed: a check that breaks has not said yes.
        catch (Exception)
#pragma warning restore CA1031
        {
            return Ending.Withheld<TResult>(size, Unchecked);
        }

        return size > limit ? Ending.Withheld<TResult>(size) : new(cleaned, outcome, lengthOf(cleaned));
    }

    /// <summary>A message of the author's that leaves beside results: the text of an error, or of progress.</summary>
    internal static string Message(PrimitiveCall call, string text)
    {
        try
        {
            return Scrub(call).Text(text);
        }
        catch (OutputRefusedException)
        {
            return "The text holds characters that must not be shown and is withheld.";
        }
#pragma warning disable CA1031 // Fail closed, as above.
        catch (Exception)
#pragma warning restore CA1031
        {
            return "The text could not be checked and is withheld.";
        }
    }

    private static OutputScrub Scrub(PrimitiveCall call) =>
        new(call.Gate.Security.Output, call.Concealed, call.Credential, call is ResourceCall ? call.BoundName : null);
}
