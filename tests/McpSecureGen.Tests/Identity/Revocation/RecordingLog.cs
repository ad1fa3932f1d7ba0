using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Tests.Identity.Revocation;

/// <summary>Keeps what was logged.</summary>
internal sealed class RecordingLog : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public int Count(LogLevel level) => Lines.Count(line => line.Level == level);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));
}
