using McpSecureGen.Hosting;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Validation.Urls;

/// <summary>What all URL checks of a host share: the operator's bound, the lookup of names, the way out.</summary>
internal sealed class UrlSecurity : IDisposable
{
    private readonly HostRule[]? _operatorHosts;
    private readonly IAddressDialer _dialer;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<(bool AllowPrivate, int MaxHeaderKilobytes), HttpMessageInvoker> _connections = [];
    private bool _isDisposed;

    /// <exception cref="McpSecurityConfigurationException">An entry of <c>McpSecurity:Hosts</c> is no host.</exception>
    internal UrlSecurity(string[]? hosts, TimeProvider time, ILoggerFactory loggers, IHostAddressResolver? resolver = null, IAddressDialer? dialer = null)
    {
        _operatorHosts = UrlPolicy.OperatorRules(hosts);
        (_time, _log) = (time, loggers.CreateLogger("McpSecureGen.Urls"));
        Lookup = new HostLookup(resolver ?? new SystemHostAddressResolver(), time, _log);
        _dialer = dialer ?? new SocketDialer();
    }

    internal HostLookup Lookup { get; }

    /// <exception cref="McpSecurityConfigurationException">The attribute allows nothing.</exception>
    internal UrlPolicy PolicyOf(SafeUrlAttribute attribute) => UrlPolicy.Of(attribute, _operatorHosts);

    /// <exception cref="McpSecurityConfigurationException">The options allow nothing, or one is out of range.</exception>
    internal WayOut WayOutFor(ConfinedHttpOptions options)
    {
        options.Require();
        var policy = UrlPolicy.Create(
            nameof(ConfinedHttpOptions), options.Schemes, options.Hosts, options.Ports, options.AllowPrivate, ConfinedHttpOptions.MaxUrlLength, _operatorHosts);
        return Open(policy, options);
    }

    /// <summary>The way out of a parameter: its attribute's policy and the default bounds.</summary>
    internal WayOut WayOutFor(UrlPolicy policy) => Open(policy, new ConfinedHttpOptions());

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var connections in _connections.Values)
            {
                connections.Dispose();
            }
        }

        Lookup.Dispose();
    }

    /// <summary>Connections are shared by all whose checks of addresses are the same: what else a policy asks for is checked before each request.</summary>
    private WayOut Open(UrlPolicy policy, ConfinedHttpOptions options)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var kind = (policy.AllowPrivate, options.MaxHeaderKilobytes);
            if (!_connections.TryGetValue(kind, out var connections))
            {
                connections = new CheckedConnections(policy.AllowPrivate, Lookup, _dialer).Open(options.MaxHeaderKilobytes);
                _connections.Add(kind, connections);
            }

            return new WayOut(policy, options.Copy(), connections, _time, _log);
        }
    }
}
