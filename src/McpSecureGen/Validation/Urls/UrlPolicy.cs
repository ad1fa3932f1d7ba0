using System.Collections.Frozen;
using System.Globalization;
using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Urls;

/// <summary>What a URL may be: the settings of one <see cref="SafeUrlAttribute"/> or <see cref="ConfinedHttpOptions"/> within the operator's bound, checked once.</summary>
internal sealed class UrlPolicy
{
    /// <summary>What most servers take at most. Far above it the runtime's escaping takes more than linear time.</summary>
    private const int LongestLength = ConfinedHttpOptions.MaxUrlLength;

    private static readonly FrozenSet<string> KnownSchemes = FrozenSet.Create(StringComparer.Ordinal, "https", "http", "wss", "ws");

    private readonly string[] _schemes;
    private readonly HostRule[]? _hosts;
    private readonly HostRule[]? _operatorHosts;
    private readonly FrozenSet<int>? _ports;

    private UrlPolicy(string[] schemes, HostRule[]? hosts, HostRule[]? operatorHosts, FrozenSet<int>? ports, bool allowPrivate, int maxLength)
    {
        (_schemes, _hosts, _operatorHosts, _ports, AllowPrivate, MaxLength) = (schemes, hosts, operatorHosts, ports, allowPrivate, maxLength);
        SchemeFault = $"must begin with {string.Join(" or ", schemes.Select(static scheme => scheme + "://"))}";
        HostFault = hosts is null
            ? "must have a host that this server allows"
            : $"must have one of the hosts {string.Join(", ", hosts.Select(static rule => rule.Beneath ? "." + rule.Host : rule.Host))}";
        PortFault = ports is null ? "must have a port that speaks HTTP" : $"must have one of the ports {string.Join(", ", ports.Order())}";
    }

    internal bool AllowPrivate { get; }

    internal int MaxLength { get; }

    internal string SchemeFault { get; }

    internal string HostFault { get; }

    internal string PortFault { get; }

    internal static UrlPolicy Of(SafeUrlAttribute attribute, HostRule[]? operatorHosts) =>
        Create("[SafeUrl]", attribute.Schemes, attribute.Hosts, attribute.Ports, attribute.AllowPrivate, attribute.MaxLength, operatorHosts);

    /// <exception cref="McpSecurityConfigurationException">A setting is malformed, or together they allow nothing.</exception>
    internal static UrlPolicy Create(
        string owner, string[]? schemes, string[]? hosts, int[]? ports, bool allowPrivate, int maxLength, HostRule[]? operatorHosts)
    {
        var problems = new List<string>();
        string[] lower = [.. (schemes ?? []).Select(static scheme => scheme.ToLowerInvariant())];
        if (lower.Length == 0)
        {
            problems.Add($"{owner} has no scheme in Schemes and allows nothing: name one, such as https.");
        }

        problems.AddRange(lower.Where(static scheme => !KnownSchemes.Contains(scheme))
            .Select(scheme => $"{owner} names the scheme '{scheme}': only https, http, wss and ws have a host that can be checked."));
        if (ports is { Length: 0 })
        {
            problems.Add($"{owner} has an empty list of Ports and allows nothing: name one, or leave Ports out.");
        }

        problems.AddRange((ports ?? []).Where(static port => port is < 1 or > 65535)
            .Select(port => $"{owner} names the port {port.ToString(CultureInfo.InvariantCulture)}: ports are 1 to 65535."));
        if (maxLength is < 1 or > LongestLength)
        {
            problems.Add($"{owner} has MaxLength {maxLength.ToString(CultureInfo.InvariantCulture)}: set 1 to {LongestLength.ToString(CultureInfo.InvariantCulture)}.");
        }

        var rules = HostRules(hosts, $"{owner} Hosts", "name a host, or leave Hosts out for any public one", problems);
        if (operatorHosts is { Length: 0 })
        {
            problems.Add("McpSecurity:Hosts is an empty list, and a tool takes URLs: name the hosts it may reach, or remove the setting.");
        }
        else if (rules is { Length: > 0 } && operatorHosts is not null && !rules.Any(rule => operatorHosts.Any(rule.Meets)))
        {
            problems.Add($"{owner} names no host that McpSecurity:Hosts allows ({string.Join(", ", hosts!)}): add one of them to McpSecurity:Hosts.");
        }

        return problems.Count == 0
            ? new UrlPolicy(lower, rules, operatorHosts, ports?.ToFrozenSet(), allowPrivate, maxLength)
            : throw new McpSecurityConfigurationException(problems);
    }

    /// <summary>The operator's list; an empty one is kept, and stops whoever would use it.</summary>
    /// <exception cref="McpSecurityConfigurationException">An entry is no host.</exception>
    internal static HostRule[]? OperatorRules(string[]? hosts)
    {
        if (hosts is null or { Length: 0 })
        {
            return hosts is null ? null : [];
        }

        var problems = new List<string>();
        var rules = HostRules(hosts, "McpSecurity:Hosts", "", problems);
        return problems.Count == 0 ? rules : throw new McpSecurityConfigurationException(problems);
    }

    internal bool AllowsScheme(ReadOnlySpan<char> scheme)
    {
        foreach (var allowed in _schemes)
        {
            if (scheme.Equals(allowed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    internal bool AllowsPort(int port) => _ports is null ? !BadPorts.All.Contains(port) : _ports.Contains(port);

    internal bool AllowsHost(string host) => IsOneOf(_hosts, host) && IsOneOf(_operatorHosts, host);

    private static bool IsOneOf(HostRule[]? rules, string host)
    {
        if (rules is null)
        {
            return true;
        }

        foreach (var rule in rules)
        {
            if (rule.Allows(host))
            {
                return true;
            }
        }

        return false;
    }

    private static HostRule[]? HostRules(string[]? hosts, string owner, string remedy, List<string> problems)
    {
        if (hosts is null)
        {
            return null;
        }

        if (hosts.Length == 0)
        {
            problems.Add($"{owner} is an empty list and allows nothing: {remedy}.");
        }

        var rules = new List<HostRule>();
        foreach (var host in hosts)
        {
            try
            {
                rules.Add(HostRule.Parse(host ?? ""));
            }
            catch (FormatException wrong)
            {
                problems.Add($"{owner} has the entry '{host}': {wrong.Message}.");
            }
        }

        return [.. rules];
    }
}
