using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Text;

namespace McpSecureGen.Validation.Processes;

/// <summary>One run of one program, from its start until nothing of it is left.</summary>
internal sealed class ProgramRun : IDisposable
{
    // How long the streams may stay open when all that was found has been ended.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly MarkedProcesses? _marked;
    private readonly CappedOutput _output;
    private readonly CappedOutput _error;

    private ProgramRun(Process process, MarkedProcesses? marked, int maxOutputBytes)
    {
        (_process, _marked) = (process, marked);
        var (output, error) = (process.StandardOutput.BaseStream, process.StandardError.BaseStream);
        if (OperatingSystem.IsLinux())
        {
            foreach (var stream in (Stream[])[output, error])
            {
                if (stream is PipeStream pipe)
                {
                    marked?.Watch(pipe.SafePipeHandle);
                }
            }
        }

        _output = new CappedOutput(output, maxOutputBytes);
        _error = new CappedOutput(error, maxOutputBytes);
    }

    /// <summary>Starts the program. Throws what the operating system says.</summary>
    internal static ProgramRun Start(
        string realPath, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment, string folder, int maxOutputBytes)
    {
        var marked = OperatingSystem.IsLinux() ? new MarkedProcesses() : null;
        var start = new ProcessStartInfo(realPath)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        if (OperatingSystem.IsLinux())
        {
            start.Environment[MarkedProcesses.Variable] = marked!.Mark;
        }

        InheritedHandles.Close();
        var process = new Process { StartInfo = start };
        var isRunning = false;
        try
        {
            isRunning = process.Start();
            return new ProgramRun(process, marked, maxOutputBytes);
        }
        catch
        {
            if (isRunning)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
            throw;
        }
    }

    /// <summary>Gives the program its input and waits until it has ended by itself.</summary>
    internal async Task WaitAsync(string? input, CancellationToken cancellationToken)
    {
        // On a thread of its own: a program that does not read lets the writing of a pipe block, and its time must run out all the same.
        _ = Task.Run(() => WriteAsync(input, cancellationToken), CancellationToken.None);
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends what still runs of it, the program included.</summary>
    internal async Task EndAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended by itself, or one of its children has; what is left of it is found by the mark.
        }

        if (OperatingSystem.IsLinux())
        {
            await _marked!.EndAsync().ConfigureAwait(false);
            if (!await HaveStreamsEndedAsync().ConfigureAwait(false))
            {
                await _marked.EndHoldersAsync().ConfigureAwait(false);
            }
        }

        _ = await HaveStreamsEndedAsync().ConfigureAwait(false);
    }

    /// <summary>What there is to say when the program has ended by itself.</summary>
    internal ToolProcessResult Result()
    {
        var (output, error) = (_output.Take(), _error.Take());
        return new ToolProcessResult(_process.ExitCode, output.Text, error.Text, output.IsTruncated, error.IsTruncated);
    }

    // Also where the end of a stream did not come: nobody reads on.
    public void Dispose()
    {
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
    }

    private async Task WriteAsync(string? input, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = _process.StandardInput.BaseStream;
            if (!string.IsNullOrEmpty(input))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(input), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The program does not want its input, or has ended before it.
        }
    }

    private async Task<bool> HaveStreamsEndedAsync()
    {
        var both = Task.WhenAll(_output.Completion, _error.Completion);
        return both.IsCompleted || await Task.WhenAny(both, Task.Delay(Drain)).ConfigureAwait(false) == both;
    }
}
