using McpSecureGen.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace McpSecureGen.Identity;

/// <summary>Makes an <see cref="IKeySetSource"/> for an address that was checked; tests put their own in.</summary>
internal delegate IKeySetSource KeySetSources(Uri uri, bool allowPrivateAddresses);

/// <summary>Reads <see cref="AuthenticationOptions"/> into the issuers that are trusted. Everything that is wrong is named at once.</summary>
internal sealed class AuthenticationSettings
{
    public const string Section = $"{McpSecurityOptions.SectionName}:Authentication";

    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestRefresh = TimeSpan.FromMinutes(1);

    private static readonly string[] KnownAlgorithms =
        [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.HmacSha256];

    private readonly AuthenticationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly KeySetSources _sources;
    private readonly List<string> _problems = [];
    private readonly List<(IssuerSettings Settings, Func<IKeyRing> Keys)> _issuers = [];

    private AuthenticationSettings(AuthenticationOptions options, TimeProvider time, ILogger log, KeySetSources? sources)
    {
        _options = options;
        _time = time;
        _log = log;
        _sources = sources ?? (static (uri, allowPrivate) => new KeySetDownload(uri, allowPrivate));
    }

    /// <summary>Checks the options, reads the keys that are here and starts to fetch the others.</summary>
    /// <returns>The issuers by <c>iss</c>; at least one.</returns>
    /// <exception cref="McpSecurityConfigurationException">Something is missing, out of range or unsafe; all of it is named.</exception>
    public static IReadOnlyDictionary<string, TrustedIssuer> Read(
        AuthenticationOptions options, TimeProvider time, ILogger log, KeySetSources? sources)
    {
        var reading = new AuthenticationSettings(options, time, log, sources);
        reading.ReadAll();
        return reading._problems.Count > 0
            ? throw new McpSecurityConfigurationException(reading._problems)

            // Only now: what is refused must not fetch.
            : reading._issuers.ToDictionary(
                issuer => issuer.Settings.Issuer, issuer => new TrustedIssuer(issuer.Settings, issuer.Keys()), StringComparer.Ordinal);
    }

    private void ReadAll()
    {
        var section = new IssuerOptions
        {
            Issuer = _options.Issuer,
            KeyFile = _options.KeyFile,
            Keys = _options.Keys,
            JwksUri = _options.JwksUri,
            AllowPrivateAddresses = _options.AllowPrivateAddresses,
            RequireDPoP = _options.RequireDPoP,
            TokenIdClaim = _options.TokenIdClaim,
            AllowMissingType = _options.AllowMissingType,
        };
        var isSingle = _options.Issuers.Count == 0 || IsSet(section.Issuer) || IsSet(section.KeyFile) || IsSet(section.Keys) || IsSet(section.JwksUri);
        if (isSingle)
        {
            RequireNames(section, Section);
        }
        else
        {
            RefuseUnread();
        }

        if (_options.MaxTokenLifetime <= TimeSpan.Zero || _options.MaxTokenLifetime > LongestLifetime)
        {
            _problems.Add($"{Section}:MaxTokenLifetime is {_options.MaxTokenLifetime}. Set it above zero, to 24 hours at most.");
        }

        if (_options.ClockSkew < TimeSpan.Zero || _options.ClockSkew > LargestSkew)
        {
            _problems.Add($"{Section}:ClockSkew is {_options.ClockSkew}. Set it between zero and 30 seconds.");
        }

        CheckInterval(_options.JwksRefreshInterval, Section);
        CheckAlgorithms(_options.Algorithms, Section);
        CheckTokenIdClaim(_options.TokenIdClaim, Section);
        _options.DPoP.Check($"{Section}:DPoP", _problems);
        _options.Revocation.Check($"{Section}:Revocation", _problems);
        if (isSingle)
        {
            Add(section, Section);
        }

        for (var position = 0; position < _options.Issuers.Count; position++)
        {
            var issuer = _options.Issuers[position];
            var entry = $"{Section}:Issuers:{position}";
            RequireNames(issuer, entry);
            if (issuer.MaxTokenLifetime is { } lifetime && (lifetime <= TimeSpan.Zero || lifetime > LongestLifetime))
            {
                _problems.Add($"{entry}:MaxTokenLifetime is {lifetime}. Set it above zero, to 24 hours at most.");
            }

            if (issuer.JwksRefreshInterval is { } interval)
            {
                CheckInterval(interval, entry);
            }

            CheckAlgorithms(issuer.Algorithms, entry);
            CheckTokenIdClaim(issuer.TokenIdClaim, entry);
            Add(issuer, entry);
        }
    }

    /// <summary>
    /// Settings of the section's own issuer where it names none. The entries do not inherit them, so an operator who set one would think it was in force.
    /// </summary>
    private void RefuseUnread()
    {
        Refuse(_options.RequireDPoP, nameof(_options.RequireDPoP));
        Refuse(_options.AllowPrivateAddresses, nameof(_options.AllowPrivateAddresses));
        Refuse(_options.AllowMissingType, nameof(_options.AllowMissingType));
        Refuse(_options.TokenIdClaim != TokenClaims.DefaultTokenId, nameof(_options.TokenIdClaim));

        void Refuse(bool isSet, string name)
        {
            if (isSet)
            {
                _problems.Add($"{Section}:{name} is set and the section names no issuer of its own, so that nothing reads it. Set it in {Section}:Issuers:n.");
            }
        }
    }

    private void RequireNames(IssuerOptions issuer, string section)
    {
        if (!IsSet(issuer.Issuer))
        {
            _problems.Add($"{section}:Issuer is not set. Set it to the iss of the tokens that this server accepts.");
        }

        if (!IsSet(issuer.Audience) && !IsSet(_options.Audience))
        {
            _problems.Add($"{section}:Audience is not set. Set it to this server's resource identifier, which the aud of its tokens contains.");
        }
    }

    private void Add(IssuerOptions issuer, string section)
    {
        string[] algorithms = issuer.Algorithms.Length > 0 ? [.. issuer.Algorithms] : [.. _options.Algorithms];
        var keys = ReadKeys(issuer, section, algorithms);
        if (issuer.Issuer is not { } name || keys is null)
        {
            return;
        }

        if (_issuers.Any(other => other.Settings.Issuer == name))
        {
            _problems.Add($"{section}:Issuer names '{name}' a second time. Give each issuer one entry; its keys may be several.");
            return;
        }

        var settings = new IssuerSettings(
            name,
            (IsSet(issuer.Audience) ? issuer.Audience : _options.Audience) ?? "",
            issuer.MaxTokenLifetime ?? _options.MaxTokenLifetime,
            _options.ClockSkew,
            issuer.RequireDPoP)
        {
            TokenIdClaim = issuer.TokenIdClaim,
            AllowMissingType = issuer.AllowMissingType,
        };
        _issuers.Add((settings, keys));
    }

    private Func<IKeyRing>? ReadKeys(IssuerOptions issuer, string section, string[] algorithms)
    {
        var fromFile = IsSet(issuer.KeyFile);
        if (!fromFile && !IsSet(issuer.Keys) && !IsSet(issuer.JwksUri))
        {
            _problems.Add(
                $"{section}:KeyFile is not set. Set it to the path of the issuer's key set (jwks.json), {section}:JwksUri to its https address, or " +
                $"{section}:Keys to the set itself.");
            return null;
        }

        if (IsSet(issuer.JwksUri))
        {
            if (fromFile || IsSet(issuer.Keys))
            {
                _problems.Add($"{section}:JwksUri is set together with KeyFile or Keys. Keep one: keys that nobody expects would verify tokens too.");
                return null;
            }

            return ReadAddress(issuer, $"{section}:JwksUri", algorithms);
        }

        var setting = fromFile ? $"{section}:KeyFile" : $"{section}:Keys";
        string json;
        var file = fromFile ? new WatchedTextFile(issuer.KeyFile!, VerificationKeyRing.MaxKeyFileBytes) : null;
        try
        {
            json = file?.Read() ?? issuer.Keys!;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _problems.Add($"{setting} cannot be read ({error.GetType().Name}). Name an existing UTF-8 file that this process may read.");
            return null;
        }

        if (VerificationKeySet.TryParse(json, algorithms, fromNetwork: false, out var wrong) is { } keys)
        {
            return () => new VerificationKeyRing(keys, json, file, algorithms, _time);
        }

        _problems.AddRange(wrong.Select(problem => $"{setting}: {problem}"));
        return null;
    }

    private Func<IKeyRing>? ReadAddress(IssuerOptions issuer, string setting, string[] algorithms)
    {
        if (KeySetDownload.Problem(issuer.JwksUri!) is { } problem)
        {
            _problems.Add($"{setting} {problem}");
            return null;
        }

        var (uri, allowPrivate) = (new Uri(issuer.JwksUri!), issuer.AllowPrivateAddresses);
        var interval = issuer.JwksRefreshInterval ?? _options.JwksRefreshInterval;
        return () => new RemoteKeyRing(_sources(uri, allowPrivate), setting, algorithms, interval, _time, _log);
    }

    private void CheckInterval(TimeSpan interval, string section)
    {
        if (interval < ShortestRefresh || interval > RemoteKeyRing.LongestAge)
        {
            _problems.Add($"{section}:JwksRefreshInterval is {interval}. Set it between 1 minute and 24 hours.");
        }
    }

    private void CheckAlgorithms(string[] algorithms, string section) => _problems.AddRange(algorithms
        .Where(algorithm => !KnownAlgorithms.Contains(algorithm, StringComparer.Ordinal))
        .Select(algorithm => $"{section}:Algorithms names '{algorithm}'. Use ES256, RS256, PS256 or HS256, or leave it empty for all of them."));

    private void CheckTokenIdClaim(string? claim, string section)
    {
        if (string.IsNullOrEmpty(claim) || claim.Any(char.IsWhiteSpace))
        {
            _problems.Add($"{section}:TokenIdClaim is '{claim}'. Set it to the name of the claim that identifies a token, or leave it out for jti.");
        }
        else if (TokenClaims.OtherMeanings.Contains(claim))
        {
            _problems.Add(
                $"{section}:TokenIdClaim is '{claim}', which does not identify a token. Set it to the claim that is different in each token, such as jti or uti.");
        }
    }

    private static bool IsSet(string? setting) => !string.IsNullOrWhiteSpace(setting);
}
