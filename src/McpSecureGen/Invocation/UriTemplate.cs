using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace McpSecureGen.Invocation;

/// <summary>
/// Takes a URI apart along an RFC 6570 template, with the same reading as the SDK, which routes by it: a variable that the SDK would hand to
/// the method must not differ from the one that was checked.
/// </summary>
internal sealed partial class UriTemplate
{
    private readonly Regex _pattern;
    private readonly string[] _names;

    internal UriTemplate(string template)
    {
        _pattern = new Regex(
            Pattern(template),
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
            Regex.InfiniteMatchTimeout);
        _names = [.. _pattern.GetGroupNames().Where(static name => name != "0")];
    }

    internal IReadOnlyList<string> Names => _names;

    internal UriTemplateMatch? Match(string uri)
    {
        var match = _pattern.Match(uri);
        return match.Success ? new UriTemplateMatch(uri, match, _names) : null;
    }

    private static string Pattern(string template)
    {
        var pattern = new StringBuilder("^");
        var literalStart = 0;
        foreach (Match expression in Expression().Matches(template))
        {
            pattern.Append(Regex.Escape(template[literalStart..expression.Index]));
            literalStart = expression.Index + expression.Length;
            string[] names = [.. expression.Groups["name"].Captures.Select(static capture => capture.Value)];
            switch (expression.Groups["operator"].Value)
            {
                case "?":
                    Query(pattern, names, @"\?");
                    break;
                case "&":
                    Query(pattern, names, "&");
                    break;
                case ";":
                    pattern.AppendJoin("", names.Select(static name => $"(?:;{Regex.Escape(name)}(?:=(?<{name}>[^;/?&]*))?)?"));
                    break;
                case "+":
                    Values(pattern, names, "", ",", "[^?&#]*");
                    break;
                case "#":
                    Values(pattern, names, "#?", ",", ".*");
                    break;
                case ".":
                    Values(pattern, names, @"\.?", @"\.", "[^/?#]*");
                    break;
                case "/":
                    Values(pattern, names, "/?", "/", "[^/?#]*");
                    break;
                default:
                    Values(pattern, names, "", ",", "[^/?&#]*");
                    break;
            }
        }

        return pattern.Append(Regex.Escape(template[literalStart..])).Append('$').ToString();
    }

    private static void Values(StringBuilder pattern, string[] names, string prefix, string separator, string characters) =>
        pattern.Append(prefix).AppendJoin(separator + "?", names.Select(name => $"(?<{name}>{characters})?"));

    private static void Query(StringBuilder pattern, string[] names, string prefix) =>
        pattern.Append("(?:").Append(prefix)
            .AppendJoin("&?", names.Select(static name => $"(?:{Regex.Escape(name)}=(?<{name}>[^/?&]*))?"))
            .Append(")?");

    [GeneratedRegex(@"\{(?<operator>[+#./;?&]?)(?<name>[A-Za-z0-9_.%]+)(?::[1-9][0-9]{0,3})?\*?(?:,(?<name>[A-Za-z0-9_.%]+)(?::[1-9][0-9]{0,3})?\*?)*\}")]
    private static partial Regex Expression();
}

/// <summary>The variables of one URI.</summary>
internal sealed class UriTemplateMatch
{
    private readonly string _uri;
    private readonly Match _match;

    internal UriTemplateMatch(string uri, Match match, string[] names)
    {
        _uri = uri;
        _match = match;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (match.Groups[name] is { Success: true } group)
            {
                // Once, and only here: a second decoding would turn %252e into a dot after the check (threats: path confinement).
                values[name] = Uri.UnescapeDataString(group.Value);
            }
        }

        Values = values;
    }

    internal static IReadOnlyDictionary<string, string> NoValues { get; } = new Dictionary<string, string>();

    internal IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>The URI with other values in the places of its variables.</summary>
    internal string With(Dictionary<string, string> values)
    {
        var uri = new StringBuilder();
        var position = 0;
        foreach (var (name, group) in values.Keys.Select(name => (name, _match.Groups[name])).OrderBy(static part => part.Item2.Index))
        {
            uri.Append(CultureInfo.InvariantCulture, $"{_uri.AsSpan(position, group.Index - position)}{Uri.EscapeDataString(values[name])}");
            position = group.Index + group.Length;
        }

        return uri.Append(_uri.AsSpan(position)).ToString();
    }
}
