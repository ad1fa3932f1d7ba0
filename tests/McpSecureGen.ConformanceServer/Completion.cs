using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.ConformanceServer;

/// <summary>Completes the arguments of the prompts from a short list of words.</summary>
internal static class Completion
{
    private static readonly string[] s_words = ["paris", "park", "party", "test", "testing"];

    public static ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken)
    {
        var values = s_words.Where(word => word.StartsWith(request.Params.Argument.Value, StringComparison.Ordinal)).ToList();
        return ValueTask.FromResult(new CompleteResult
        {
            Completion = new ModelContextProtocol.Protocol.Completion { Values = values, Total = values.Count, HasMore = false },
        });
    }
}
