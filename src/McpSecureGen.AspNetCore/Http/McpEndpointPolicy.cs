using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace McpSecureGen.Http;

/// <summary>
/// Puts the guard before each MCP endpoint when routing has chosen it, whoever mapped it and where: routing asks every registered policy, so that the
/// author need not call anything.
/// </summary>
internal sealed class McpEndpointPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    private readonly ConditionalWeakTable<Endpoint, Endpoint> _guarded = [];

    /// <summary>After every other policy, so that none puts an endpoint in place that has no guard.</summary>
    public override int Order => int.MaxValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(McpEndpoints.IsMcp);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint is RouteEndpoint endpoint && McpEndpoints.IsMcp(endpoint))
            {
                var guarded = endpoint.RequestDelegate!.Target is GuardedEndpoint
                    ? endpoint
                    : _guarded.GetValue(endpoint, static known => GuardedEndpoint.Of((RouteEndpoint)known));
                candidates.ReplaceEndpoint(i, guarded, candidates[i].Values);
            }
        }

        return Task.CompletedTask;
    }
}
