using McpSecureGen.Validation;

namespace McpSecureGen.Invocation;

/// <summary>The checks of one call that wait for something outside the process. They run after the arguments are bound and before the intent is recorded.</summary>
internal sealed class DeferredChecks
{
    private readonly List<(string Argument, IDeferredCheck Check)> _checks = [];

    internal bool IsEmpty => _checks.Count == 0;

    internal void Add(string argument, IDeferredCheck check) => _checks.Add((argument, check));

    /// <summary>Runs them in order until one refuses; a check that breaks has not said yes.</summary>
    internal async ValueTask<(string Argument, RuleViolation Violation)?> FindViolationAsync(CancellationToken cancellationToken)
    {
        foreach (var (argument, check) in _checks)
        {
            RuleViolation? violation;
            try
            {
                violation = await check.CheckAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // Fail closed: whatever a check throws, the value was not found good.
            catch (Exception)
#pragma warning restore CA1031
            {
                violation = new RuleViolation("Check", "could not be checked and is refused");
            }

            if (violation is { } found)
            {
                return (argument, found);
            }
        }

        _checks.Clear();
        return null;
    }
}
