namespace McpSecureGen;

/// <summary>What a program has done that came to its own end within its time.</summary>
/// <param name="ExitCode">Its exit code; by custom 0 for success. On Unix 128 and the signal's number when a signal ended it.</param>
/// <param name="Output">Its standard output as UTF-8; bytes that are none become U+FFFD. Text of a program may hold anything: treat it as untrusted.</param>
/// <param name="Error">Its error output, in the same way.</param>
/// <param name="OutputTruncated">Whether there was more output than is kept, or its end did not come.</param>
/// <param name="ErrorTruncated">The same of the error output.</param>
public sealed record ToolProcessResult(int ExitCode, string Output, string Error, bool OutputTruncated, bool ErrorTruncated);
