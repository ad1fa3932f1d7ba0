using McpSecureGen.Analyzers.Rules;
using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Fix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<McpSecureGen.Analyzers.Rules.MCPSEC2004UnsafePatternAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC2004SafePatternFix>;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC2004UnsafePatternAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC2004Tests
{
    [Theory]
    [InlineData("[RegularExpression([|\"^(a+)+$\"|])] string p")]
    [InlineData("[Required, RegularExpression(pattern: [|@\"^(\\w+\\s?)*$\"|])] string p")]
    [InlineData("[RegularExpression([|\"^(a|b+)+(c|d)*$\"|])] string p")]
    public Task Given_a_pattern_that_backtracks_without_measure_Triggers(string parameter) => Verify.Source(Tool(parameter, "p"));

    [Fact]
    public Task Given_a_finding_Message_shows_the_text_that_is_slow() => Verify.Source(
        Tool("[RegularExpression({|#0:\"^(a+)+$\"|})] string p", "p"),
        Verify.Diagnostic().WithLocation(0).WithArguments("p", "exponentially", "a", " and then \"A\""));

    [Theory]
    [InlineData("[RegularExpression({|#0:\"^a|b$\"|})] string p", "^(?:a|b)$")]
    [InlineData("[RegularExpression({|#0:\"^a$|b|c$\"|})] string p", "^(?:a|b|c)$")]
    [InlineData("[SafeArgument(Pattern = {|#0:@\"\\Aa|b\\z\"|})] string p", "^(?:a|b)$")]
    public Task Given_anchors_of_some_alternatives_Triggers(string parameter, string grouped) => Verify.Source(
        Tool(parameter, "p"),
        Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2004PartlyAnchored).WithLocation(0).WithArguments("p", grouped));

    [Theory]
    [InlineData("[RegularExpression(\"^(?:a|b)$\")] string p")]
    [InlineData("[RegularExpression(\"^a$|^b$\")] string p")]
    [InlineData("[RegularExpression(\"a|b\")] string p")]
    [InlineData("[RegularExpression(\"[a-z]+\")] string p")]
    [InlineData("[RegularExpression(@\"^\\w+(?:\\s\\w+)*$\")] string p")]
    [InlineData("[RegularExpression(@\"^[^@]+@[^@]+\\.[^@]+$\")] string p")]
    [InlineData("[RegularExpression(\"(\")] string p")]
    [InlineData("[SafeArgument(Pattern = \"^(a+)+$\")] string p")]
    public Task Given_a_sound_pattern_DoesNotTrigger(string parameter) => Verify.Source(Tool(parameter, "p"));

    [Theory]
    [InlineData("Regex.IsMatch(p, [|\"^(a+)+$\"|])")]
    [InlineData("new Regex([|\"^(a+)+$\"|]).IsMatch(p)")]
    [InlineData("Field.IsMatch(p.Trim())")]
    [InlineData("Regex.Replace(p, [|\"(a+)+b\"|], \"\", RegexOptions.IgnoreCase)")]
    [InlineData("Local(p)")]
    public Task Given_such_a_pattern_in_code_Triggers_at_the_pattern(string expression) => Verify.Source(Tool("string p", expression, fieldIsFound: expression.StartsWith("Field", StringComparison.Ordinal), localIsFound: expression.StartsWith("Local", StringComparison.Ordinal)));

    [Theory]
    [InlineData("Regex.IsMatch(p, \"^(a+)+$\", RegexOptions.None, TimeSpan.FromSeconds(1))")]
    [InlineData("Regex.IsMatch(p, \"^(a+)+$\", RegexOptions.NonBacktracking)")]
    [InlineData("Regex.IsMatch(\"aaa\", \"^(a+)+$\")")]
    [InlineData("Regex.IsMatch(p, \"^a+$\")")]
    [InlineData("Regex.IsMatch(p, Regex.Escape(p))")]
    [InlineData("Regex.IsMatch(\"text\", p, RegexOptions.NonBacktracking)")]
    public Task Given_bounded_matching_in_code_DoesNotTrigger(string expression) => Verify.Source(Tool("string p", expression));

    [Theory]
    [InlineData("Regex.IsMatch(\"text\", {|#0:p|})")]
    [InlineData("new Regex({|#0:$\"^{p}$\"|}).ToString()")]
    [InlineData("Inner(p)", true)]
    public Task Given_a_pattern_made_of_a_clients_text_Triggers(string expression, bool inner = false) => Verify.Source(
        Tool("string p", expression, innerIsFound: inner),
        Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2004FromClient).WithLocation(0).WithArguments("p"));

    [Fact]
    public Task Given_members_prompts_and_resources_Triggers_once_at_each() => Verify.Source("""
        public record Order([RegularExpression([|"^(a+)+$"|])] string Name);
        public class T
        {
            [McpServerPrompt] public string A(Order a) => "";
            [McpServerResource(UriTemplate = "a://{b}")] public string B([RegularExpression([|"^(a+)+$"|])] string b) => "";
            public string C([RegularExpression("^(a+)+$")] string c) => "";
        }
        public class Heir : T;
        public record NotAnArgument([RegularExpression("^(a+)+$")] string Name);
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("public class T { [McpServerTool] public string A([RegularExpression([|\"^(a+)+$\"|])] string p) => \"\"; }");
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_partial_anchors_Fix_groups_the_alternatives() => Fix.Source(
        "public class T { [McpServerTool] public string A([RegularExpression({|MCPSEC2004:\"^a|b$\"|})] string p, [RegularExpression({|MCPSEC2004:@\"^[,\\]]\\$|x\"|})] string q) => \"\"; }",
        "public class T { [McpServerTool] public string A([RegularExpression(@\"^(?:a|b)$\")] string p, [RegularExpression(@\"^(?:[,\\]]\\$|x)$\")] string q) => \"\"; }",
        MCPSEC2004SafePatternFix.GroupKey);

    [Fact]
    public Task Given_patterns_in_code_Fix_matches_without_backtracking() => Fix.Source(
        """
        using System.Text.RegularExpressions;
        public class T
        {
            private static readonly Regex Field = new Regex([|"^(a+)+$"|], RegexOptions.IgnoreCase);
            [McpServerTool] public bool A(string p) => Regex.IsMatch(p, [|"^(a+)+$"|]) || Field.IsMatch(p);
        }
        """,
        """
        using System.Text.RegularExpressions;
        public class T
        {
            private static readonly Regex Field = new Regex("^(a+)+$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
            [McpServerTool] public bool A(string p) => Regex.IsMatch(p, "^(a+)+$", RegexOptions.NonBacktracking) || Field.IsMatch(p);
        }
        """,
        MCPSEC2004SafePatternFix.WithoutBacktrackingKey);

    private static string Tool(string parameter, string expression, bool fieldIsFound = false, bool localIsFound = false, bool innerIsFound = false) => $$"""
        using System.Text.RegularExpressions;
        using McpSecureGen;
        public class T
        {
            private static readonly Regex Field = new({{(fieldIsFound ? "[|\"^(a+)+$\"|]" : "\"^(a+)+$\"")}});
            [McpServerTool] public object A({{parameter}}) => {{expression}};
            private static bool Local(string p) { var regex = new Regex({{(localIsFound ? "[|\"^(a+)+$\"|]" : "\"^(a+)+$\"")}}); return regex.IsMatch(p); }
            private static bool Inner(string p) => Regex.IsMatch("text", {{(innerIsFound ? "{|#0:p|}" : "p")}});
        }
        """;
}
