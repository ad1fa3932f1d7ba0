using System.Collections.Frozen;
using McpSecureGen.Http;
using McpSecureGen.Metadata;

namespace McpSecureGen.Hosting;

/// <summary>The checked copy of <see cref="HttpSecurityOptions"/>, completed by what the audience says.</summary>
internal sealed record HttpSecuritySettings(
    FrozenSet<HostName> Hosts,
    FrozenSet<string> Origins,
    bool AllowPublicBinding,
    int MaxBodyBytes,
    string? ResourceMetadata)
{
    private const string Section = HttpSecurityOptions.SectionName;
    private const int LeastBody = 1024;
    private const int GreatestBody = 64 * 1024 * 1024;

    /// <exception cref="McpSecurityConfigurationException">A setting cannot be used; all of them are named.</exception>
    internal static HttpSecuritySettings Read(HttpSecurityOptions options, string? audience)
    {
        var problems = new List<string>();
        var resource = ResourceUri.TryParse(audience);
        var hosts = new List<HostName>();
        var origins = new List<string>();
        if (resource is not null)
        {
            hosts.Add(new HostName(resource.IdnHost, null));
            origins.Add(OriginHeader.Of(resource));
        }

        foreach (var host in options.AllowedHosts ?? [])
        {
            if (HostName.TryParse(host) is { } name)
            {
                hosts.Add(name);
            }
            else
            {
                problems.Add($"{Section}:AllowedHosts holds '{host}'. Write a host name or address, with a port or without; a wildcard is not possible.");
            }
        }

        foreach (var origin in options.AllowedOrigins ?? [])
        {
            if (ResourceUri.TryParse(origin) is { } uri && OriginHeader.Of(uri) == origin)
            {
                origins.Add(origin);
            }
            else
            {
                problems.Add($"{Section}:AllowedOrigins holds '{origin}'. Write an origin as a browser sends it: https://app.example.com, in lower case, without a path.");
            }
        }

        if (options.MaxBodyBytes is < LeastBody or > GreatestBody)
        {
            problems.Add($"{Section}:MaxBodyBytes is {options.MaxBodyBytes}. Set it between {LeastBody} and {GreatestBody}.");
        }

        var metadata = resource is null ? null : ResourceUri.MetadataOf(resource);
        if (!string.IsNullOrEmpty(options.ResourceMetadata))
        {
            metadata = options.ResourceMetadata;
            if (ResourceUri.TryParse(metadata) is null || metadata.AsSpan().ContainsAny('"', '\\') || metadata.Any(static c => c is <= ' ' or > '~'))
            {
                problems.Add($"{Section}:ResourceMetadata is not an absolute http or https URL. Write the URL at which clients find the metadata, or remove the setting.");
            }
        }

        return problems.Count > 0
            ? throw new McpSecurityConfigurationException(problems)
            : new HttpSecuritySettings(
                hosts.ToFrozenSet(), origins.ToFrozenSet(StringComparer.Ordinal), options.AllowPublicBinding, options.MaxBodyBytes, metadata);
    }
}
