using System.Security.Cryptography;
using McpSecureGen.Hosting;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Audit;

/// <summary>
/// An audit log in one file of JSON Lines. Each line carries the hash of the line before it; a later process continues the chain. Beside it stands
/// <c>{path}.pending</c> with the intents that have no outcome yet.
/// </summary>
/// <remarks>
/// <para>Written to the operating system before the call goes on, so a crash of the process loses nothing; a loss of power may lose the last moments.</para>
/// <para>The journal stays below 64 KiB or twice what is under way, whichever is more: it is rewritten with the intents under way alone.</para>
/// <para>What the chain can and cannot show: <see cref="AuditVerifier"/>.</para>
/// </remarks>
public sealed partial class JsonLinesAuditLog : IAuditLog, IDisposable
{
    private const string Setting = "McpSecurity:Audit:Path";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AuditIntent> _underWay = new(StringComparer.Ordinal);
    private readonly Stream _file;
    private readonly Stream _pending;
    private readonly IntentJournal _journal;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private long _sequence;
    private string _head = ChainedLine.NoPrevious;
    private Exception? _failure;

    /// <summary>Checks and repairs what the streams hold. They are closed with the log, and on an exception.</summary>
    internal JsonLinesAuditLog(Stream file, Stream pending, TimeProvider clock, ILogger logger)
    {
        (_file, _pending, _clock, _logger) = (file, pending, clock, logger);
        _journal = new IntentJournal(pending);
        Recover();
    }

    /// <summary>Opens the log for writing, checks its whole chain, and records what an earlier process left undone.</summary>
    /// <param name="options">Where the log is.</param>
    /// <param name="clock">The time of each line.</param>
    /// <param name="logger">Takes what the operator should know of recovery and failure.</param>
    /// <exception cref="McpSecurityConfigurationException">
    /// No path is set, its folder is missing, another writer holds the log, it cannot be written, or its chain is broken.
    /// </exception>
    public static JsonLinesAuditLog Open(AuditOptions options, TimeProvider clock, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(logger);
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            throw new McpSecurityConfigurationException($"{Setting} is not set: name the file that attempts are recorded in.");
        }

        Stream? pending = null;
        Stream? file = null;
        try
        {
            // Through a link the journal would stand beside the link, and a second writer by the real name would not meet it.
            var path = Path.GetFullPath(options.Path);
            if (new FileInfo(path).LinkTarget is not null)
            {
                path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            }

            pending = OpenFile(path + ".pending", FileShare.None);
            file = OpenFile(path, FileShare.Read);
            return new JsonLinesAuditLog(file, pending, clock, logger);
        }
        catch (McpSecurityConfigurationException)
        {
            Close(file, pending);
            throw;
        }
        catch (Exception error)
        {
            var held = error is IOException and not DirectoryNotFoundException;
            Close(file, pending);
            throw new McpSecurityConfigurationException(
                $"{Setting} cannot be opened for writing"
                + (held ? ", perhaps because another process or server writes it: give each server a log of its own" : ": create its folder and allow this account to write there")
                + $" ({error.Message}).");
        }
    }

    /// <inheritdoc/>
    public AuditIntent Begin(AuditRecord intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var ticket = new AuditIntent(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), intent);
        lock (_gate)
        {
            Guarded(() => _journal.Append(ticket));
            _underWay.Add(ticket.Attempt, ticket);
        }

        return ticket;
    }

    /// <inheritdoc/>
    public void Complete(AuditIntent intent, AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            ThrowIfUnavailable();
            if (!_underWay.ContainsKey(intent.Attempt))
            {
                throw new InvalidOperationException("The attempt is not under way in this log.");
            }

            Guarded(() =>
            {
                Append(intent.Attempt, record);
                _underWay.Remove(intent.Attempt);
                if (_journal.IsLong)
                {
                    // The outcomes must be on the disk before the intents leave it.
                    (_file as FileStream)?.Flush(flushToDisk: true);
                    _journal.Rewrite(_underWay.Values);
                }
            });
        }
    }

    /// <inheritdoc/>
    public void Record(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            Guarded(() => Append(null, record));
        }
    }

    /// <summary>Closes the files. Attempts still under way are recorded with an unknown outcome when the log is opened again.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _failure ??= new ObjectDisposedException(nameof(JsonLinesAuditLog));
            Close(_file, _pending);
        }
    }

    private static FileStream OpenFile(string path, FileShare share)
    {
        // Unbuffered: a write that returns is with the operating system.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static void Close(Stream? file, Stream? pending)
    {
        file?.Dispose();
        pending?.Dispose();
    }

    private void Append(string? attempt, AuditRecord record)
    {
        var line = ChainedLine.Write(_sequence + 1, _clock.GetUtcNow(), attempt, record, _head, out var hash);
        _file.Write(line);
        _file.Flush();
        (_sequence, _head) = (_sequence + 1, hash);
    }

    // One failure ends the log. A write that failed may have left a piece of a line; only a new opening, which reads everything, may go on.
    private void Guarded(Action write)
    {
        ThrowIfUnavailable();
        try
        {
            write();
        }
        catch (Exception error)
        {
            _failure = error;
            LogFailure(_logger, error);
            ThrowIfUnavailable();
        }
    }

    private void ThrowIfUnavailable()
    {
        if (_failure is not null)
        {
            throw new AuditUnavailableException(_failure);
        }
    }

    private void Recover()
    {
        // The journal first: the one pass over the log then tells which of its intents are complete.
        var open = _journal.Read();
        var completed = new HashSet<string>(StringComparer.Ordinal);
        var chain = new ChainReader();
        _file.Position = 0;
        chain.Read(_file, open.Count == 0 ? null : line => AddIfPresent(completed, ChainedLine.AttemptOf(line.Span)));
        if (chain.Problem is not null)
        {
            throw new McpSecurityConfigurationException(
                $"{Setting}: record {chain.Records + 1} (line {chain.Records + 1}) {chain.Problem}. The log was changed or damaged: "
                + "keep the file as evidence, move it and its .pending file away, and start with a new log.");
        }

        (_sequence, _head) = (chain.Records, chain.Head);
        var cut = Mend(chain, completed);
        var missing = open.DistinctBy(intent => intent.Attempt, StringComparer.Ordinal).Where(intent => !completed.Contains(intent.Attempt)).ToList();
        if (chain.Tail.Length > 0 || _journal.Unreadable > 0)
        {
            LogRecovered(_logger, cut, _journal.Unreadable);
            Append(null, new AuditRecord
            {
                Method = "audit/recovered",
                Decision = "allowed",
                Reason = $"{cut} bytes of an unfinished record were cut; {_journal.Unreadable} intents were unreadable",
                StartedAt = _clock.GetUtcNow(),
            });
        }

        foreach (var intent in missing)
        {
            LogUnknown(_logger, intent.Attempt, intent.Record.Primitive);
            Append(intent.Attempt, intent.Record with { Decision = "allowed", Outcome = "unknown" });
        }

        (_file as FileStream)?.Flush(flushToDisk: true);
        _journal.Rewrite([]);
    }

    private static void AddIfPresent(HashSet<string> attempts, string? attempt)
    {
        if (attempt is not null)
        {
            attempts.Add(attempt);
        }
    }

    /// <summary>Ends the log in a whole record: a record that lacks its line feed alone gets it, anything else after the last one is cut.</summary>
    /// <returns>How many bytes were cut.</returns>
    private int Mend(ChainReader chain, HashSet<string> completed)
    {
        if (chain.Tail.Length > 0 && chain.TailIsWhole())
        {
            _ = ChainedLine.Check(chain.Tail, chain.Records + 1, chain.Head, out var hash);
            AddIfPresent(completed, ChainedLine.AttemptOf(chain.Tail));
            _file.Position = _file.Length;
            _file.Write("\n"u8);
            (_sequence, _head) = (_sequence + 1, hash);
            return 0;
        }

        _file.SetLength(chain.SoundLength);
        _file.Position = chain.SoundLength;
        return chain.Tail.Length;
    }

    [LoggerMessage(1, LogLevel.Critical, "The audit log cannot be written; every call is refused until the server is started again.")]
    private static partial void LogFailure(ILogger logger, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "The audit log ended in an unfinished record: {Bytes} bytes cut, {Unreadable} intents unreadable.")]
    private static partial void LogRecovered(ILogger logger, int bytes, int unreadable);

    [LoggerMessage(3, LogLevel.Warning, "Attempt {Attempt} on {Primitive} was under way when an earlier process ended; its outcome is unknown.")]
    private static partial void LogUnknown(ILogger logger, string attempt, string? primitive);
}
