using System.Reflection;
using McpSecureGen.Audit;
using McpSecureGen.Capabilities;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using McpSecureGen.Validation.Output;
using McpSecureGen.Validation.Paths;
using McpSecureGen.Validation.Processes;
using McpSecureGen.Validation.Urls;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Hosting;

/// <summary>The security of one host: everything its servers share, built from configuration and from what its assembly defines.</summary>
internal sealed class HostSecurity : IDisposable
{
    private readonly JsonLinesAuditLog _audit;
    private readonly PathRoots _roots;

    internal HostSecurity(
        McpSecurityOptions options,
        IReadOnlyList<Assembly> hostAssemblies,
        IReadOnlyList<ICredentialSource> transportCredentials,
        bool isHttp,
        bool isLocal,
        TimeProvider time,
        ILoggerFactory loggers,
        SharedMemory? shared = null,
        IHostAddressResolver? resolver = null,
        IAddressDialer? dialer = null)
    {
        Options = options;
        var problems = new List<string>();
        Try(problems, () => McpSecurityOptionsCheck.Require(options));
        SecuredPrimitivesAttribute[] tables = [.. hostAssemblies.Distinct().SelectMany(static a => a.GetCustomAttributes<SecuredPrimitivesAttribute>())];
        var vocabulary = CapabilityVocabulary.Create(tables.SelectMany(static table => table.Capabilities));
        var roles = Try(problems, () => RoleTable.Create(vocabulary, tables.SelectMany(static table => table.Roles), options.Roles));
        var credentials = new CredentialChain(Sources(transportCredentials, isHttp));
        var revocation = Try(problems, () => RevocationList(options.Authentication.Revocation, shared?.Revocations, time));
        var authenticator = Try(problems, () => new CallerAuthenticator(
            options.Authentication, vocabulary, roles ?? RoleTable.Create(vocabulary, [], new Dictionary<string, string[]>()), time, revocation, loggers, null));
        var roots = Try(problems, () => PathRoots.Create(options.Roots));
        var urls = Try(problems, () => new UrlSecurity(options.Hosts, time, loggers, resolver, dialer));
        var executables = Try(problems, () => ExecutableTable.Create(options.Executables, roots?.All ?? []));
        var key = Try(problems, () => ConfirmationKey.Of(options.Confirmation));
        var constraints = Try(problems, () => SenderConstraints.Create(options.Authentication.DPoPRequiredFor, vocabulary));
        var output = Try(problems, () => OutputRules.Create(options.Output));
        Try(problems, () => RequestMethodRequirements.Check(options.RequestMethods, vocabulary));

        // Last: a server that does not start touches no log. Without a path this only says so.
        var audit = problems.Count > 0 && !string.IsNullOrWhiteSpace(options.Audit.Path)
            ? null
            : Try(problems, () => JsonLinesAuditLog.Open(options.Audit, time, loggers.CreateLogger<JsonLinesAuditLog>()));
        if (problems.Count > 0)
        {
            urls?.Dispose();
            throw new McpSecurityConfigurationException([.. problems.Distinct(StringComparer.Ordinal)]);
        }

        Revocation = revocation!;
        Authenticator = authenticator!;
        _audit = audit!;
        _roots = roots!;
        ConfinedRoots = new ConfinedRoots(_roots);
        var callers = new CallerResolver(credentials, Authenticator);
        var states = new RequestStateSeal(key!, time);
        var security = new SecurityServices(callers, vocabulary, roots!, options.Limits, new RefusingAuditLog(_audit), time, isLocal)
        {
            Executables = executables!,
            RateLimits = shared?.RateLimits ?? new InMemoryRateLimits(time),
            Replays = shared?.Replays ?? new InMemoryReplayCache(time),
            States = states,
            Output = output!,
            Tasks = new TaskOwners(time),
            ConcealForbidden = options.ConcealForbidden,
            SenderConstraints = constraints!,
            Urls = urls!,
        };
        Urls = urls!;
        Guard = new SecurityGuard(security, options);
        Processes = new ToolProcess(executables!, time, loggers.CreateLogger<ToolProcess>());
    }

    internal McpSecurityOptions Options { get; }

    internal SecurityGuard Guard { get; }

    internal CallerAuthenticator Authenticator { get; }

    internal TokenRevocation Revocation { get; }

    internal UrlSecurity Urls { get; }

    internal ToolProcess Processes { get; }

    /// <summary>The roots, for tools that ask for them.</summary>
    internal ConfinedRoots ConfinedRoots { get; }

    public void Dispose()
    {
        Urls.Dispose();
        _audit.Dispose();
        _roots.Close();
    }

    /// <summary>A part of the configuration, or null and what is wrong with it: the operator is told of all parts at one start.</summary>
    private static T? Try<T>(List<string> problems, Func<T> part)
        where T : class
    {
        try
        {
            return part();
        }
        catch (McpSecurityConfigurationException wrong)
        {
            problems.AddRange(wrong.Problems);
            return null;
        }
    }

    private static void Try(List<string> problems, Action part) => Try(problems, () =>
    {
        part();
        return problems;
    });

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
