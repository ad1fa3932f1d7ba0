using System.Text;
using System.Text.RegularExpressions;

namespace McpSecureGen.AspNetCore.Tests.Documentation;

/// <summary>Every link inside the documentation leads somewhere, and every page is found from the README.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var broken = new List<string>();
        foreach (var page in Pages.All)
        {
            foreach (var link in Links(page))
            {
                var (path, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
                var target = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
                if (!target.StartsWith(Pages.Root, StringComparison.Ordinal) || !(File.Exists(target) || Directory.Exists(target)))
                {
                    broken.Add($"{Pages.NameOf(page)}: {link} is not there.");
                }
                else if (anchor is not null && !Anchors(target).Contains(anchor))
                {
                    broken.Add($"{Pages.NameOf(page)}: {link} names no heading.");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void Every_page_is_reached_from_the_readme()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([Pages.All[0]]);
        while (open.TryDequeue(out var page))
        {
            if (!reached.Add(page))
            {
                continue;
            }

            foreach (var link in Links(page).Select(link => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, link.Split('#')[0]))))
            {
                foreach (var next in Directory.Exists(link) ? Directory.GetFiles(link, "*.md") : File.Exists(link) && link.EndsWith(".md", StringComparison.Ordinal) ? [link] : [])
                {
                    open.Enqueue(next);
                }
            }
        }

        Assert.Empty(Pages.All.Where(page => !reached.Contains(page)).Select(Pages.NameOf));
    }

    /// <summary>A path of the machine that a page was written on means nothing to its reader.</summary>
    [Theory]
    [InlineData("/root/")]
    [InlineData("/tmp/")]
    [InlineData(@":\Users\")]
    public void No_page_names_a_path_of_the_writers_machine(string path) =>
        Assert.Empty(Pages.All.Where(page => File.ReadAllText(page).Contains(path, StringComparison.Ordinal)).Select(Pages.NameOf));

    [Fact]
    public void No_page_names_the_folder_it_was_written_in() =>
        Assert.Empty(Pages.All.Where(static page => File.ReadAllText(page).Contains(Pages.Root, StringComparison.Ordinal)).Select(Pages.NameOf));

    /// <summary>What stands in parentheses after brackets, outside of code; without addresses of other sites.</summary>
    private static IEnumerable<string> Links(string page) => Link().Matches(CodeSpan().Replace(Prose(page), ""))
        .Select(static match => match.Groups[1].Value)
        .Where(static link => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>As GitHub makes them of headings: lower case, spaces to hyphens, punctuation gone, a number for the second of a name.</summary>
    private static HashSet<string> Anchors(string page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in Prose(page).Split('\n').Where(static line => line.StartsWith('#')))
        {
            var text = heading.TrimStart('#').Trim().ToLowerInvariant();
            var anchor = string.Concat(text.Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');
            var name = anchor;
            for (var next = 1; !anchors.Add(name); next++)
            {
                name = $"{anchor}-{next}";
            }
        }

        return anchors;
    }

    private static string Prose(string page)
    {
        var prose = new StringBuilder();
        var isCode = false;
        foreach (var line in File.ReadLines(page))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                prose.Append(line).Append('\n');
            }
        }

        return prose.ToString();
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    /// <summary>Removed with what is in it, but not where it is the text of a link.</summary>
    [GeneratedRegex(@"`[^`\n]*\]\([^`\n]*`")]
    private static partial Regex CodeSpan();
}
