using System.Text.RegularExpressions;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>
/// Compares generated files with the approved ones beside the test, under the names that Verify.SourceGenerators uses:
/// <c>Class.Test#Hint.g.verified.cs</c>. A difference writes <c>Class.Test#Hint.g.received.cs</c> next to it, to be looked at and renamed; where
/// <c>CI=true</c> nothing is written.
/// </summary>
internal static partial class Snapshots
{
    /// <param name="files">Hint name to text.</param>
    /// <param name="hint">The file to compare, without its ending.</param>
    /// <param name="stem">Folder, class and name of the test.</param>
    public static void Match(SortedDictionary<string, string> files, string hint, string stem)
    {
        var received = Scrub(files[hint + ".g.cs"]);
        var (verifiedPath, receivedPath) = ($"{stem}#{hint}.g.verified.cs", $"{stem}#{hint}.g.received.cs");
        var verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).Replace("\r\n", "\n", StringComparison.Ordinal) : "";
        var isEqual = received == verified;
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            File.Delete(receivedPath);
            if (!isEqual)
            {
                File.WriteAllText(receivedPath, received);
            }
        }

        Assert.True(isEqual, isEqual ? "" : Difference(Path.GetFileName(verifiedPath), verified, received));
    }

    /// <summary>Where an intercepted call stands depends on the bytes of the file; the reader wants to know that there is a location.</summary>
    private static string Scrub(string text) => Location().Replace(text, "InterceptsLocationAttribute(1, \"{scrubbed}\")");

    private static string Difference(string name, string verified, string received)
    {
        var (left, right) = (verified.Split('\n'), received.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(i => left.ElementAtOrDefault(i) != right.ElementAtOrDefault(i));
        return verified.Length == 0
            ? $"{name} is missing. Look at the received file and rename it."
            : $"{name}, line {line + 1}:\n  - {left.ElementAtOrDefault(line)}\n  + {right.ElementAtOrDefault(line)}";
    }

    [GeneratedRegex("InterceptsLocationAttribute\\(1, \"[^\"]*\"\\)")]
    private static partial Regex Location();
}
