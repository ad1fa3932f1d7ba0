using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting;

/// <summary>The author's session callback, and after it the guard.</summary>
internal sealed class GuardedSessionCallback(Func<HttpContext, McpServerOptions, CancellationToken, Task> callback, Action<McpServerOptions> secure)
{
    /// <summary>Whether <paramref name="callback"/> ends with the guard already. One that was combined with others (<c>+=</c>) does not.</summary>
    internal static bool Guards(Func<HttpContext, McpServerOptions, CancellationToken, Task> callback) =>
        callback is { HasSingleTarget: true, Target: GuardedSessionCallback };

    /// <exception cref="McpSecurityConfigurationException">The callback left something in the options that cannot be secured; the session is not opened.</exception>
    internal async Task InvokeAsync(HttpContext context, McpServerOptions options, CancellationToken cancellationToken)
    {
        // A combined delegate returns the last task only: the others would still be at work on the options when they are secured.
        foreach (var single in Delegate.EnumerateInvocationList(callback))
        {
            await single(context, options, cancellationToken).ConfigureAwait(false);
        }

        secure(options);
    }
}
