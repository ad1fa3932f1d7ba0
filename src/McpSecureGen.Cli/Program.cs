using System.Runtime.InteropServices;
using McpSecureGen.Cli;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CommandLine.RunAsync(args, Terminal.OfProcess(), stop.Token);

void Stop(PosixSignalContext signal)
{
    // The command in hand ends in order: it releases locks and removes what must not stay.
    signal.Cancel = true;
    stop.Cancel();
}
