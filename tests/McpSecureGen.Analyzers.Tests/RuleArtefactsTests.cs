using System.Reflection;
using System.Runtime.CompilerServices;
using McpSecureGen.Analyzers.Rules;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McpSecureGen.Analyzers.Tests;

/// <summary>Every rule has its six artefacts under one stem: descriptor, analyzer, fix or a reason for none, test class, page, release line.</summary>
public sealed class RuleArtefactsTests
{
    private static readonly string[] Headings =
        ["## Cause", "## Why it matters", "## Bad", "## Good", "## How to fix", "## When to suppress", "## Source"];

    private static readonly DiagnosticDescriptor[] All =
        [.. typeof(Descriptors.Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(f => (DiagnosticDescriptor)f.GetValue(null)!)];

    private static readonly Type[] Rules =
        [.. typeof(SecurityRule).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(DiagnosticAnalyzer)))];

    private static readonly CodeFixProvider[] Fixes =
    [
        .. typeof(SecurityFix).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(CodeFixProvider)))
            .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!),
    ];

    public static TheoryData<string> Ids => [.. All.Select(d => d.Id).Distinct()];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Given_rule_Has_one_analyzer_named_after_it_that_is_a_security_rule(string id)
    {
        var rule = Assert.Single(Rules, r => ((DiagnosticAnalyzer)Activator.CreateInstance(r)!).SupportedDiagnostics.Any(d => d.Id == id));
        Assert.StartsWith(id, rule.Name, StringComparison.Ordinal);
        Assert.EndsWith("Analyzer", rule.Name, StringComparison.Ordinal);
        Assert.True(rule.IsSubclassOf(typeof(SecurityRule)));
        Assert.NotNull(rule.GetCustomAttribute<DiagnosticAnalyzerAttribute>());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Given_rule_Has_either_a_fix_or_a_reason_for_none(string id)
    {
        var rule = Rules.Single(r => r.Name.StartsWith(id, StringComparison.Ordinal));
        var fixes = Fixes.Where(f => f.FixableDiagnosticIds.Contains(id)).ToArray();
        var reason = rule.GetCustomAttribute<NoCodeFixAttribute>()?.Reason;
        Assert.True(fixes.Length == 1 ^ !string.IsNullOrWhiteSpace(reason), $"{id}: {fixes.Length} fixes, reason '{reason}'.");
        Assert.All(fixes, f => Assert.StartsWith(id, f.GetType().Name, StringComparison.Ordinal));
        Assert.All(fixes, f => Assert.NotNull(f.GetFixAllProvider()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Given_rule_Has_a_test_class_with_findings_silence_and_the_name_collision(string id)
    {
        var tests = typeof(RuleArtefactsTests).Assembly.GetTypes().SingleOrDefault(t => t.Name == id + "Tests");
        Assert.NotNull(tests);
        var names = tests.GetMethods().Select(m => m.Name).ToArray();
        Assert.Contains(names, n => n.Contains("_Triggers", StringComparison.Ordinal));
        Assert.Contains(names, n => n.Contains("_DoesNotTrigger", StringComparison.Ordinal));
        Assert.Contains("Given_same_named_types_in_another_reference_Triggers", names);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Given_rule_Has_a_page_with_every_heading_in_order_and_code(string id)
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "rules", id + ".md"));
        var descriptor = All.First(d => d.Id == id);
        Assert.StartsWith($"# {id}: {descriptor.Title}\n", page, StringComparison.Ordinal);

        var places = Headings.Select(h => page.IndexOf("\n" + h + "\n", StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        for (var i = 0; i < places.Length; i++)
        {
            var section = page[(places[i] + Headings[i].Length + 2)..(i + 1 < places.Length ? places[i + 1] : page.Length)];
            Assert.False(string.IsNullOrWhiteSpace(section), Headings[i]);
            Assert.Equal(Headings[i] is "## Bad" or "## Good", section.Contains("```csharp\n", StringComparison.Ordinal) || section.Contains("```xml\n", StringComparison.Ordinal));
        }

        Assert.Contains("CWE-", page, StringComparison.Ordinal);
        Assert.Contains("OWASP MCP", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Given_rule_Has_a_release_line_that_agrees(string id)
    {
        var descriptor = All.First(d => d.Id == id);
        var lines = File.ReadAllLines(Path.Combine(Root(), "src", "McpSecureGen.Analyzers", "AnalyzerReleases.Unshipped.md"))
            .Concat(File.ReadAllLines(Path.Combine(Root(), "src", "McpSecureGen.Analyzers", "AnalyzerReleases.Shipped.md")));
        Assert.Contains($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}", lines);
    }

    [Fact]
    public void Given_pages_and_tests_None_belongs_to_a_rule_that_does_not_exist()
    {
        var ids = All.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(Directory.GetFiles(Path.Combine(Root(), "docs", "rules"), "MCPSEC*.md"), f => Assert.Contains(Path.GetFileNameWithoutExtension(f), ids));
        Assert.All(Rules, r => Assert.Contains(r.Name[..10], ids));
    }

    [Fact]
    public void Given_descriptors_Each_links_its_own_page_and_stays_in_its_category() => Assert.All(All, d =>
    {
        Assert.Equal($"https://github.com/mcpsecuregen/mcpsecuregen/blob/main/docs/rules/{d.Id}.md", d.HelpLinkUri);
        Assert.Equal(All.First(o => o.Id[..7] == d.Id[..7]).Category, d.Category);
        Assert.True(d.IsEnabledByDefault);
        Assert.NotEmpty(d.Description.ToString());
    });

    [Fact]
    public void Given_analyzer_assembly_Does_not_need_workspaces() => Assert.DoesNotContain(
        typeof(SecurityRule).Assembly.GetReferencedAssemblies(), a => a.Name!.Contains("Workspaces", StringComparison.Ordinal));

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
