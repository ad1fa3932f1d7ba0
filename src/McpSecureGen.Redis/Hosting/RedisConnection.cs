using McpSecureGen.Hosting;
using StackExchange.Redis;

namespace McpSecureGen.Redis;

/// <summary>
/// The one connection of a host. It is begun with the host and comes back by itself: neither the start of the server nor a call waits for a Redis that
/// is not there.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    private readonly ConfigurationOptions _configuration;
    private readonly SemaphoreSlim _connecting = new(1);
    private ConnectionMultiplexer? _connection;

    /// <exception cref="McpSecurityConfigurationException">A setting is missing or out of range.</exception>
    public RedisConnection(RedisSecurityOptions options)
    {
        if (options.Problems() is { Count: > 0 } problems)
        {
            throw new McpSecurityConfigurationException(problems);
        }

        try
        {
            _configuration = ConfigurationOptions.Parse(options.Configuration!);
        }
        catch (ArgumentException)
        {
            // The message of the parser repeats what it read, which may hold a password.
            throw new McpSecurityConfigurationException(
                $"{RedisSecurityOptions.SectionName}:Configuration cannot be read. Write host:port, then options separated by commas.");
        }

        KeyPrefix = options.KeyPrefix;
        var milliseconds = (int)options.Timeout.TotalMilliseconds;
        _configuration.ClientName ??= "mcpsec";
        _configuration.AbortOnConnectFail = false;
        _configuration.ConnectTimeout = 1000;
        _configuration.AsyncTimeout = milliseconds;
        _configuration.SyncTimeout = milliseconds;
        _configuration.ReconnectRetryPolicy = new LinearRetry(500);

        // A command that waits for the connection to come back would be a caller that waits; it is refused at once instead.
        _configuration.BacklogPolicy = BacklogPolicy.FailFast;

        // Ahead of the first caller, whose wait is limited. What goes wrong here goes wrong again where someone waits for it.
        _ = Task.Run(() => GetAsync(CancellationToken.None).AsTask());
    }

    public string KeyPrefix { get; }

    public async ValueTask<IDatabase> DatabaseAsync(CancellationToken cancellationToken) =>
        (await GetAsync(cancellationToken).ConfigureAwait(false)).GetDatabase();

    public async ValueTask<IConnectionMultiplexer> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _connection) is { } made)
        {
            return made;
        }

        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _connection ??= await ConnectionMultiplexer.ConnectAsync(_configuration).ConfigureAwait(false);
        }
        finally
        {
            _connecting.Release();
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _connecting.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }

        _connecting.Dispose();
    }
}
