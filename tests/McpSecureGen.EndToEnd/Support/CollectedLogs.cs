using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>Every log line of a server, at every level.</summary>
internal sealed class CollectedLogs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void AddTo(ILoggingBuilder logging) => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
