using System.Reflection;
using System.Text.RegularExpressions;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>The page that lists published vulnerabilities names a test or a reason for each, and the tests it names are there.</summary>
public sealed partial class CveTableTests
{
    /// <summary>The published vulnerabilities that this library looked at, up to the spring of 2026.</summary>
    private const string Known =
        """
        CVE-2025-53110 CVE-2025-53109 GHSA-rq2p-q7c4-6g27 CVE-2025-68143 CVE-2025-68145 CVE-2026-27735 CVE-2025-67366 CVE-2025-66689 CVE-2026-7811
        CVE-2026-27825 CVE-2026-77262 CVE-2026-77266 CVE-2026-77269 CVE-2026-77271 CVE-2026-40576 CVE-2026-85661 CVE-2026-61462 CVE-2026-32871 CVE-2026-33989
        CVE-2026-7404 CVE-2025-61685 CVE-2025-5273 GHSA-pw7v-9v7h-6j22 CVE-2025-5277 CVE-2025-53355 CVE-2025-66404 CVE-2025-53967 CVE-2025-53107
        CVE-2025-54073 CVE-2025-54994 CVE-2025-52573 CVE-2025-59834 CVE-2025-69256 CVE-2025-58358 CVE-2025-59377 CVE-2026-0755 CVE-2026-25546 CVE-2026-26029
        CVE-2026-5023 CVE-2026-7812 CVE-2025-68144 CVE-2026-47250 CVE-2026-61459 CVE-2026-39884 CVE-2025-6514 CVE-2025-49596 CVE-2025-59528 CVE-2026-42271
        CVE-2026-30616 CVE-2026-40933 CVE-2026-79748 CVE-2026-79538 CVE-2026-105697 CVE-2026-105740 CVE-2026-105797 CVE-2026-40159 CVE-2026-105788
        CVE-2026-105793 CVE-2026-53710 CVE-2026-104120 CVE-2025-65513 CVE-2026-49857 CVE-2026-41361 CVE-2026-47390 CVE-2026-48782 CVE-2026-27826
        CVE-2026-77242 CVE-2026-77265 CVE-2026-77267 CVE-2026-53509 CVE-2026-61612 CVE-2025-5276 CVE-2026-26118 CVE-2026-51994 CVE-2026-79747 CVE-2026-35394
        CVE-2026-33032 CVE-2026-84317 CVE-2026-84318 CVE-2026-84319 CVE-2026-11719 CVE-2026-14537 CVE-2026-77243 CVE-2026-49291 CVE-2026-108586
        CVE-2026-10750 CVE-2025-64132 CVE-2026-32211 CVE-2026-23744 CVE-2026-59971 CVE-2026-81735 CVE-2026-34953 GHSA-w4fh-qvv9-3v23 CVE-2025-69196
        CVE-2026-27124 CVE-2026-44428 CVE-2025-6515 CVE-2026-33946 CVE-2026-52869 CVE-2026-12112 CVE-2026-25536 GHSA-w2fm-25vw-vh7f CVE-2025-66414
        CVE-2025-66416 CVE-2026-34742 CVE-2026-35568 CVE-2026-63118 CVE-2025-9611 CVE-2025-10193 CVE-2025-59163 CVE-2025-64443 CVE-2026-11624 CVE-2026-33252
        CVE-2026-130008 CVE-2026-85620 CVE-2026-33980 CVE-2026-5322 CVE-2026-11529 CVE-2025-66335 CVE-2025-66336 CVE-2025-59333 CVE-2025-58337 CVE-2026-27896
        CVE-2026-0621 CVE-2025-53365 CVE-2025-53366 CVE-2025-54136 CVE-2026-75130 CVE-2025-70040 CVE-2026-18486
        """;

    [Fact]
    public void Every_known_vulnerability_has_a_row_with_a_test_or_a_reason()
    {
        var rows = Rows();
        var listed = rows.SelectMany(static row => row.Ids).ToArray();

        Assert.Equal(listed.Length, listed.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(Known.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Except(listed, StringComparer.Ordinal));
        Assert.All(rows, static row => Assert.True(
            row.Test.StartsWith("no: ", StringComparison.Ordinal) ? row.Test.Length > 20 : Names().IsMatch(row.Test), $"{string.Join(' ', row.Ids)}: {row.Test}"));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{listed.Length} ids in {rows.Count} rows: {rows.Count(static row => !row.Test.StartsWith("no: ", StringComparison.Ordinal))} rows with a test, {rows.Count(static row => row.Test.StartsWith("no: ", StringComparison.Ordinal))} with a reason");
    }

    [Fact]
    public void Every_test_that_the_page_names_is_there()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository(), "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("\\obj\\", StringComparison.Ordinal)).Select(File.ReadAllText));
        foreach (Match name in Rows().SelectMany(static row => Names().Matches(row.Test)))
        {
            Assert.Contains($"class {name.Groups[1].Value}", tests, StringComparison.Ordinal);
            Assert.Contains($" {name.Groups[2].Value}(", tests, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_test_that_is_named_after_a_vulnerability_stands_on_the_page()
    {
        var page = File.ReadAllText(Page());
        foreach (var method in typeof(CveTableTests).Assembly.GetTypes().SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(static method => method.Name.StartsWith("CVE_", StringComparison.Ordinal) || method.Name.StartsWith("GHSA_", StringComparison.Ordinal)))
        {
            Assert.Contains($"`{method.DeclaringType!.Name}.{method.Name}`", page, StringComparison.Ordinal);
        }
    }

    private static List<(string[] Ids, string Test)> Rows() =>
    [
        .. File.ReadLines(Page()).Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| id |", StringComparison.Ordinal))
            .Select(static line => line.Trim('|', ' ').Split(" | ")).Select(static cells => (cells[0].Split(", "), cells[^1].Trim())),
    ];

    private static string Page() => Path.Combine(Repository(), "docs", "input", "cves.md");

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "McpSecureGen.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("`([A-Za-z0-9]+Tests)\\.([A-Za-z0-9_]+)`")]
    private static partial Regex Names();
}
