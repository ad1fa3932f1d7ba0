namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>One connection of one transport and version, over which the cells of the table go one after the other.</summary>
internal interface IDecisionConnection : IAsyncDisposable
{
    /// <summary>Whether messages travel in HTTP requests, which have a status, headers and a body of their own.</summary>
    bool IsHttp { get; }

    /// <summary>Whether the transport serves this protocol version at all.</summary>
    bool ServesVersion { get; }

    /// <summary>Sends one call and waits for what comes back.</summary>
    Task<DecisionAnswer> SendAsync(DecisionRoute route, string? token);
}
