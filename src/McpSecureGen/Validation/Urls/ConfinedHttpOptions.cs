using McpSecureGen.Hosting;

namespace McpSecureGen;

/// <summary>What a client of <see cref="ConfinedHttp"/> may fetch, within <c>McpSecurity:Hosts</c>, and how much. The defaults are those of <see cref="SafeUrlAttribute"/>.</summary>
public sealed class ConfinedHttpOptions
{
    internal const int MaxUrlLength = 8192;

    /// <summary>Allowed schemes, <c>https</c> and <c>http</c> at most. Default: <c>https</c> alone. A redirect from https to http is refused even where both are allowed.</summary>
    public string[] Schemes { get; set; } = ["https"];

    /// <summary>Allowed hosts, as in <see cref="SafeUrlAttribute.Hosts"/>. Not set: any public host.</summary>
    public string[]? Hosts { get; set; }

    /// <summary>Allowed ports, as in <see cref="SafeUrlAttribute.Ports"/>. Not set: all but the bad ports of the Fetch standard.</summary>
    public int[]? Ports { get; set; }

    /// <summary>Whether addresses of private networks and of this machine are allowed too, as in <see cref="SafeUrlAttribute.AllowPrivate"/>. Default <see langword="false"/>.</summary>
    public bool AllowPrivate { get; set; }

    /// <summary>How many redirects are followed, 0 to 20. Default 5. Each is checked like the first URL.</summary>
    public int MaxRedirects { get; set; } = 5;

    /// <summary>The greatest size of a response's body in bytes, counted after decompression. Default 10 MiB.</summary>
    public long MaxResponseBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The greatest size of a response's headers in KiB, 1 to 1024. Default 32.</summary>
    public int MaxHeaderKilobytes { get; set; } = 32;

    /// <summary>How long a request may take from its start to the last byte of the body, redirects included; at most one day. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    internal ConfinedHttpOptions Copy() => (ConfinedHttpOptions)MemberwiseClone();

    internal static bool IsHttp(string? scheme) =>
        string.Equals(scheme, "https", StringComparison.OrdinalIgnoreCase) || string.Equals(scheme, "http", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="McpSecurityConfigurationException">A setting is out of range.</exception>
    internal void Require()
    {
        var problems = new List<string>();
        Check(Schemes is null || Schemes.All(IsHttp), $"{nameof(Schemes)} may hold https and http alone");
        Check(MaxRedirects is >= 0 and <= 20, $"{nameof(MaxRedirects)} must be 0 to 20");
        Check(MaxResponseBytes > 0, $"{nameof(MaxResponseBytes)} must be 1 or more");
        Check(MaxHeaderKilobytes is >= 1 and <= 1024, $"{nameof(MaxHeaderKilobytes)} must be 1 to 1024");
        Check(Timeout > TimeSpan.Zero && Timeout <= TimeSpan.FromDays(1), $"{nameof(Timeout)} must be more than zero and at most one day");
        if (problems.Count > 0)
        {
            throw new McpSecurityConfigurationException(problems);
        }

        void Check(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add($"{nameof(ConfinedHttpOptions)}.{problem}.");
            }
        }
    }
}
