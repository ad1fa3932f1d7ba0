using System.Reflection;
using McpSecureGen.Audit;
using McpSecureGen.Capabilities;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using McpSecureGen.Validation.Paths;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Hosting;

/// <summary>The security of one host: everything its servers share, built from configuration and from what its assembly defines.</summary>
internal sealed class HostSecurity : IDisposable
{
    private readonly JsonLinesAuditLog _audit;

    internal HostSecurity(
        McpSecurityOptions options,
        IReadOnlyList<Assembly> hostAssemblies,
        IReadOnlyList<ICredentialSource> transportCredentials,
        bool isHttp,
        bool isLocal,
        TimeProvider time,
        ILoggerFactory loggers,
        SharedMemory? shared = null)
    {
        Options = options;
        McpSecurityOptionsCheck.Require(options);
        SecuredPrimitivesAttribute[] tables = [.. hostAssemblies.Distinct().SelectMany(static a => a.GetCustomAttributes<SecuredPrimitivesAttribute>())];
        var vocabulary = CapabilityVocabulary.Create(tables.SelectMany(static table => table.Capabilities));
        var roles = RoleTable.Create(vocabulary, tables.SelectMany(static table => table.Roles), options.Roles);
        var credentials = new CredentialChain(Sources(transportCredentials, isHttp));
        Revocation = RevocationList(options.Authentication.Revocation, shared?.Revocations, time);
        Authenticator = new CallerAuthenticator(options.Authentication, vocabulary, roles, time, Revocation, loggers, null);
        var callers = new CallerResolver(credentials, Authenticator);
        var roots = PathRoots.Create(options.Roots);
        var states = new RequestStateSeal(ConfirmationKey.Of(options.Confirmation), time);
        var constraints = SenderConstraints.Create(options.Authentication.DPoPRequiredFor, vocabulary);
        RequestMethodRequirements.Check(options.RequestMethods, vocabulary);
        _audit = JsonLinesAuditLog.Open(options.Audit, time, loggers.CreateLogger<JsonLinesAuditLog>());
        var security = new SecurityServices(callers, vocabulary, roots, options.Limits, new RefusingAuditLog(_audit), time, isLocal)
        {
            RateLimits = shared?.RateLimits ?? new InMemoryRateLimits(time),
            Replays = shared?.Replays ?? new InMemoryReplayCache(time),
            States = states,
            Tasks = new TaskOwners(time),
            ConcealForbidden = options.ConcealForbidden,
            SenderConstraints = constraints,
        };
        Guard = new SecurityGuard(security, options);
    }

    internal McpSecurityOptions Options { get; }

    internal SecurityGuard Guard { get; }

    internal CallerAuthenticator Authenticator { get; }

    internal TokenRevocation Revocation { get; }

    public void Dispose() => _audit.Dispose();

    private static TokenRevocation RevocationList(RevocationOptions options, IDistributedCache? cache, TimeProvider time)
    {
        if (cache is null && options.UseDistributedCache)
        {
            throw new McpSecurityConfigurationException(
                "McpSecurity:Authentication:Revocation:UseDistributedCache is true and the container has no IDistributedCache. Register one, such as that " +
                "of AddMcpSecurityRedis, or remove the setting to keep the list in this process.");
        }

        return cache is null ? TokenRevocation.InProcess(time) : new TokenRevocation(cache, time);
    }

    /// <summary>
    /// A host that serves HTTP takes callers from its transport's own credential; the rest of the chain serves the local pipe it may have besides.
    /// Without a transport credential nobody has secured the transport, whose session callback could then undo the guard on every request.
    /// </summary>
    private static IReadOnlyList<ICredentialSource> Sources(IReadOnlyList<ICredentialSource> transport, bool isHttp) => (isHttp, transport.Count) switch
    {
        (true, 0) => throw new McpSecurityConfigurationException(
            "The server uses the HTTP transport and nothing secures it. Reference McpSecureGen.AspNetCore, and call WithHttpTransport directly, so " +
            "that the call can be intercepted."),
        _ => [.. transport, new CallMetaCredential(), new TokenFileCredential(), new EnvironmentCredential()],
    };
}
