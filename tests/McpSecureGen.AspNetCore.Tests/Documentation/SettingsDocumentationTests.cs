using System.Reflection;
using System.Text.RegularExpressions;
using McpSecureGen.Hosting;
using McpSecureGen.Redis;

namespace McpSecureGen.AspNetCore.Tests.Documentation;

/// <summary>
/// Each setting has one row in one table with a column "default" (and no second row that could come to say something else), and no row is about a setting
/// that is not there.
/// </summary>
public sealed partial class SettingsDocumentationTests
{
    private static readonly Dictionary<string, Type> Sections = new(StringComparer.Ordinal)
    {
        [McpSecurityOptions.SectionName] = typeof(McpSecurityOptions),
        [HttpSecurityOptions.SectionName] = typeof(HttpSecurityOptions),
        [RedisSecurityOptions.SectionName] = typeof(RedisSecurityOptions),
    };

    [Fact]
    public void Every_setting_stands_in_the_documentation_once_with_its_default()
    {
        var rows = Pages.All.SelectMany(Rows).ToLookup(static row => row.Setting, StringComparer.Ordinal);
        var settings = Sections.SelectMany(static section => SettingsOf(section.Key, section.Value)).Order(StringComparer.Ordinal).ToArray();

        Assert.InRange(settings.Length, 50, 200);
        string[] wrong =
        [
            .. settings.Where(setting => !rows.Contains(setting)).Select(static setting => $"{setting} is in no table of docs/ with a column 'default'."),
            .. rows.Where(static row => row.Count() > 1).Select(static row => $"{row.Key} has {row.Count()} rows: {string.Join(", ", row.Select(static r => r.Page))}."),
            .. rows.Where(row => !settings.Contains(row.Key, StringComparer.Ordinal)).Select(static row => $"{row.Key} in {row.First().Page} is no setting."),
            .. rows.SelectMany(static row => row).Where(static row => row.Default.Length == 0).Select(static row => $"{row.Setting} in {row.Page} has no default."),
        ];
        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>The settings of an options class by the names of configuration; <c>*</c> for an index or a key.</summary>
    private static IEnumerable<string> SettingsOf(string section, Type options) => options
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => SettingOf($"{section}:{property.Name}", property.PropertyType));

    private static IEnumerable<string> SettingOf(string name, Type type)
    {
        if (IsOptions(type))
        {
            return SettingsOf(name, type);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Dictionary<,>))
        {
            var value = type.GetGenericArguments()[1];
            return IsOptions(value) ? [$"{name}:*", .. SettingsOf($"{name}:*", value)] : [$"{name}:*"];
        }

        return type.IsGenericType && type.GetGenericArguments()[0] is var element && IsOptions(element) ? SettingsOf($"{name}:*", element) : [name];
    }

    private static bool IsOptions(Type type) => type.IsClass && type.Namespace?.StartsWith("McpSecureGen", StringComparison.Ordinal) is true;

    /// <summary>
    /// Tables whose header begins with "setting" and has a column "default". Names are below <c>McpSecurity:</c>, or below what the text of the same chapter
    /// says: "Below `McpSecurity:Http:`". A name that ends with a colon stands for those after it in the cell.
    /// </summary>
    private static IEnumerable<(string Page, string Setting, string Default)> Rows(string page)
    {
        var (prefix, column) = ("McpSecurity:", -1);
        foreach (var line in File.ReadLines(page))
        {
            if (line.StartsWith('#'))
            {
                prefix = "McpSecurity:";
            }

            if (Below().Match(line) is { Success: true } below)
            {
                prefix = below.Groups[1].Value;
            }

            if (!line.StartsWith('|'))
            {
                column = -1;
                continue;
            }

            string[] cells = [.. line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim())];
            if (cells[0] == "setting")
            {
                column = Array.IndexOf(cells, "default");
            }
            else if (column > 0 && !cells[0].StartsWith("---", StringComparison.Ordinal))
            {
                var group = "";
                foreach (var name in Code().Matches(cells[0]).Select(static match => match.Groups[1].Value))
                {
                    group = name.EndsWith(':') ? name : group;
                    if (!name.EndsWith(':'))
                    {
                        yield return (Pages.NameOf(page), Normal(prefix + group + name), cells[column]);
                    }
                }
            }
        }
    }

    /// <summary><c>Roots:{name}:Path</c> and <c>Issuers:n:Keys</c> are below any key; the <c>:n</c> of a list of texts says nothing.</summary>
    private static string Normal(string name) => ListEnd().Replace(Key().Replace(name, ":*"), "");

    [GeneratedRegex(@"Below `(McpSecurity:[A-Za-z:]*:)`")]
    private static partial Regex Below();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@":\{[a-z]+\}|:n(?=:)")]
    private static partial Regex Key();

    [GeneratedRegex(":n$")]
    private static partial Regex ListEnd();
}
