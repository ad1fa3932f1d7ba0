using McpSecureGen.Validation.Processes;
using Microsoft.Extensions.Logging;

namespace McpSecureGen;

/// <summary>
/// Starts the programs that the operator has listed under <c>McpSecurity:Executables</c>, with an argument list, an empty environment and limits. A tool takes it as
/// a parameter or in its constructor.
/// </summary>
/// <remarks>
/// <para>No shell, no search in <c>PATH</c> or the working directory, no batch file, no argument that is cut or split. The environment is empty but for what
/// <see cref="ToolProcessOptions"/> names and, on Linux, <c>MCPSECUREGEN_RUN</c>, a mark by which processes that have left the tree are found. CWE-78, CWE-88, CWE-426,
/// CWE-427, CVE-2026-40159.</para>
/// <para>When a run is over, whether by itself, by its time limit or because its caller has left, everything that the program has started is ended too. What can
/// still get away on which operating system stands in docs/limits.md.</para>
/// <para>Options are the author's: a value of a client belongs into the arguments only under <see cref="SafeArgumentAttribute"/>, or into
/// <see cref="ToolProcessOptions.Operands"/>.</para>
/// </remarks>
public sealed partial class ToolProcess
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);
    private const int MostOutput = 256 * 1024 * 1024;

    private readonly ExecutableTable _executables;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    internal ToolProcess(ExecutableTable executables, TimeProvider time, ILogger log) => (_executables, _time, _log) = (executables, time, log);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="executable">Its name under <c>McpSecurity:Executables</c>, or the path that a <see cref="SafeExecutableAttribute"/> has handed over.</param>
    /// <param name="arguments">The elements of its argument list, each as it is. None may hold a control character or a lone surrogate.</param>
    /// <param name="options">Folder, environment, input and limits.</param>
    /// <param name="cancellationToken">Ends the program and all it has started.</param>
    /// <returns>What it has done. An exit code other than 0 is a result too.</returns>
    /// <exception cref="ToolProcessException">
    /// The program is not listed, not sound any more or could not be started; an argument is not acceptable; the time limit is over. The message is for the model.
    /// </exception>
    /// <exception cref="ArgumentException">The options are not acceptable: a mistake of the author.</exception>
    /// <exception cref="OperationCanceledException">The caller has left; nothing of the run is left either.</exception>
    public async Task<ToolProcessResult> RunAsync(
        string executable, IEnumerable<string> arguments, ToolProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options ??= new ToolProcessOptions();
        CheckLimits(options);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_executables.TryFind(executable, out var realPath))
        {
            throw new ToolProcessException("The program is not one of those that this server may start.");
        }

        var list = ArgumentsOf(arguments, options);
        var environment = ProcessEnvironment.Of(options);
        using var folder = FolderOf(options.WorkingDirectory, realPath);
        using var run = Start(realPath, list, environment, folder.FullPath, options.MaxOutputBytes);
        using var limit = new CancellationTokenSource(options.Timeout, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await run.WaitAsync(options.Input, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolProcessException($"The program had not ended after {options.Timeout.TotalSeconds:0.###} seconds and was stopped.");
        }
        finally
        {
            await run.EndAsync().ConfigureAwait(false);
        }

        return run.Result();
    }

    private RunFolder FolderOf(string? path, string program)
    {
        try
        {
            return RunFolder.Of(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No temporary folder, as in a container whose file system is read-only.
            LogNotStarted(program, error);
            throw NotStarted();
        }
    }

    private ProgramRun Start(
        string realPath, IReadOnlyList<string> arguments, IReadOnlyList<KeyValuePair<string, string>> environment, string folder, int maxOutputBytes)
    {
        // Not the file of the start any more: it has gone, others may write it, or a link stands in its place.
        if (ExecutableFile.Problem(realPath, out var now) is { } problem)
        {
            LogNotSound(realPath, problem);
            throw NotStarted();
        }

        if (now != realPath)
        {
            LogNotSound(realPath, "leads through a link that was not there when the server started.");
            throw NotStarted();
        }

        try
        {
            return ProgramRun.Start(realPath, arguments, environment, folder, maxOutputBytes);
        }
        catch (Exception error)
        {
            // What the operating system says names paths of the host: it is for the log.
            LogNotStarted(realPath, error);
            throw NotStarted();
        }
    }

    private static ToolProcessException NotStarted() => new("The program could not be started.");

    private static List<string> ArgumentsOf(IEnumerable<string> arguments, ToolProcessOptions options)
    {
        List<string> list = [.. arguments];
        if (options.Operands.Count > 0)
        {
            list.Add(options.EndOfOptions);
            list.AddRange(options.Operands);
        }

        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is null || !ProcessEnvironment.IsPlain(list[index]))
            {
                throw new ToolProcessException($"Argument {index + 1} of the program holds a control character or is not well-formed Unicode.");
            }
        }

        return list;
    }

    private static void CheckLimits(ToolProcessOptions options)
    {
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTime)
        {
            throw new ArgumentException("The time limit must be more than zero and at most a day.", nameof(options));
        }

        if (options.MaxOutputBytes is < 1 or > MostOutput)
        {
            throw new ArgumentException("The limit of the output must be from 1 byte to 256 MiB.", nameof(options));
        }

        if (options.Operands.Count > 0 && !(options.EndOfOptions ?? "").StartsWith("--", StringComparison.Ordinal))
        {
            throw new ArgumentException("What ends the options of a program begins with two dashes.", nameof(options));
        }
    }

    [LoggerMessage(1401, LogLevel.Error, "The program {Path} was not started: it {Problem}")]
    private partial void LogNotSound(string path, string problem);

    [LoggerMessage(1402, LogLevel.Error, "The program {Path} could not be started.")]
    private partial void LogNotStarted(string path, Exception error);
}
