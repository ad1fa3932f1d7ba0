namespace McpSecureGen.Redis;

/// <summary>Configuration section <c>McpSecurity:Redis</c>: the memory that several server processes share.</summary>
/// <remarks>
/// Give it a Redis, or a user and database of one, that only the servers can write to: whoever deletes a key undoes a revocation. Its
/// <c>maxmemory-policy</c> must be <c>noeviction</c>, for the same reason.
/// </remarks>
public sealed class RedisSecurityOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string SectionName = "McpSecurity:Redis";

    /// <summary>
    /// Where, in the form of StackExchange.Redis: <c>redis.internal:6380,ssl=true,user=mcp,password=...</c>. Required. <c>abortConnect</c>,
    /// <c>connectTimeout</c>, <c>syncTimeout</c> and <c>asyncTimeout</c> are set by this package.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>Stands before every key, so that several deployments can share one database: at most 64 characters without white space. Default: nothing.</summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>How long one command may take. Default 400 ms; 10 ms to 2 seconds. A command that takes longer counts as failed, and the call is refused.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(400);

    internal IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Configuration))
        {
            problems.Add($"{SectionName}:Configuration is not set. Set it to the address of the Redis server, such as redis.internal:6379.");
        }

        if (KeyPrefix is null || KeyPrefix.Length > 64 || KeyPrefix.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            problems.Add($"{SectionName}:KeyPrefix must have at most 64 characters and no white space.");
        }

        if (Timeout < TimeSpan.FromMilliseconds(10) || Timeout > TimeSpan.FromSeconds(2))
        {
            problems.Add($"{SectionName}:Timeout is {Timeout}. Set it between 10 milliseconds and 2 seconds.");
        }

        return problems;
    }
}
