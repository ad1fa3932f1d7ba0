using McpSecureGen.Hosting;

namespace McpSecureGen.Identity;

/// <summary>The checked copy of <see cref="AuthenticationOptions"/>: complete, in range, and out of reach of later changes to the options.</summary>
internal sealed record AuthenticationSettings(string Issuer, string Audience, TimeSpan MaxTokenLifetime, TimeSpan ClockSkew)
{
    private const string Section = $"{McpSecurityOptions.SectionName}:Authentication";

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(30);

    /// <summary>Checks the options and reads the keys.</summary>
    /// <exception cref="McpSecurityConfigurationException">Something is missing, out of range or unsafe; all of it is named.</exception>
    public static (AuthenticationSettings Settings, VerificationKeyRing Keys) Read(AuthenticationOptions options, TimeProvider time)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Issuer))
        {
            problems.Add($"{Section}:Issuer is not set. Set it to the iss of the tokens that this server accepts.");
        }

        if (string.IsNullOrWhiteSpace(options.Audience))
        {
            problems.Add($"{Section}:Audience is not set. Set it to this server's resource identifier, which the aud of its tokens contains.");
        }

        if (options.MaxTokenLifetime <= TimeSpan.Zero || options.MaxTokenLifetime > LongestLifetime)
        {
            problems.Add($"{Section}:MaxTokenLifetime is {options.MaxTokenLifetime}. Set it above zero, to 24 hours at most.");
        }

        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > LargestSkew)
        {
            problems.Add($"{Section}:ClockSkew is {options.ClockSkew}. Set it between zero and 30 seconds.");
        }

        options.DPoP.Check($"{Section}:DPoP", problems);
        var keys = ReadKeys(options, time, problems);
        return problems.Count > 0
            ? throw new McpSecurityConfigurationException(problems)
            : (new(options.Issuer!, options.Audience!, options.MaxTokenLifetime, options.ClockSkew), keys!);
    }

    private static VerificationKeyRing? ReadKeys(AuthenticationOptions options, TimeProvider time, List<string> problems)
    {
        var fromFile = !string.IsNullOrWhiteSpace(options.KeyFile);
        if (!fromFile && string.IsNullOrWhiteSpace(options.Keys))
        {
            problems.Add($"{Section}:KeyFile is not set. Set it to the path of the issuer's key set (jwks.json), or {Section}:Keys to the set itself.");
            return null;
        }

        var setting = fromFile ? $"{Section}:KeyFile" : $"{Section}:Keys";
        string json;
        var file = fromFile ? new WatchedTextFile(options.KeyFile!, VerificationKeyRing.MaxKeyFileBytes) : null;
        try
        {
            json = file?.Read() ?? options.Keys!;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problems.Add($"{setting} cannot be read ({error.GetType().Name}). Name an existing UTF-8 file that this process may read.");
            return null;
        }

        if (VerificationKeySet.TryParse(json, out var wrong) is { } keys)
        {
            return new(keys, json, file, time);
        }

        problems.AddRange(wrong.Select(problem => $"{setting}: {problem}"));
        return null;
    }
}
