using McpSecureGen.Analyzers.Rules;
using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC2001UnboundedInputAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC2001Tests
{
    [Theory]
    [InlineData("string [|p|]")]
    [InlineData("string? [|p|] = null")]
    [InlineData("[MinLength(1)] string [|p|]")]
    [InlineData("[DeniedValues(\"a\")] string [|p|]")]
    [InlineData("[EmailAddress] string [|p|]")]
    [InlineData("[RegularExpression(\"^[a-z]+$\")] string [|p|]")]
    [InlineData("string[] [|p|]")]
    [InlineData("[MaxLength(5)] string[] [|p|]")]
    [InlineData("[MaxLength(5)] List<string> [|p|]")]
    [InlineData("[SafePath(Root = \"w\")] string[] [|p|]")]
    [InlineData("int[] [|p|]")]
    [InlineData("byte[] [|p|]")]
    [InlineData("Dictionary<string, int> [|p|]")]
    [InlineData("[MaxLength(5)] Dictionary<string, string> [|p|]")]
    [InlineData("IReadOnlyList<Uri> [|p|]")]
    [InlineData("string[][] [|p|]")]
    public Task Given_input_without_a_bound_Triggers(string parameter) => Verify.Source(Tool(parameter));

    [Theory]
    [InlineData("[StringLength(5)] string p")]
    [InlineData("[MaxLength(5)] string p")]
    [InlineData("[Length(1, 5)] string? p")]
    [InlineData("[AllowedValues(\"a\", \"b\")] string p")]
    [InlineData("[RegularExpression(\"^[a-z]{1,9}$\")] string p")]
    [InlineData("[SafeText] string p")]
    [InlineData("[SafeUrl] string p")]
    [InlineData("[SafeIdentifier] string p")]
    [InlineData("[SafeExecutable(\"git\")] string p")]
    [InlineData("[JsonString(typeof(int[]))] string p")]
    [InlineData("[ShortText] string p")]
    [InlineData("[MaxLength(5), SafeText] string[] p")]
    [InlineData("[MaxLength(5)] int[] p")]
    [InlineData("[MaxLength(5), SafeText] Dictionary<string, string> p")]
    [InlineData("int p")]
    [InlineData("DayOfWeek p")]
    [InlineData("Uri p")]
    [InlineData("System.Text.Json.Nodes.JsonObject p")]
    [InlineData("System.Text.Json.JsonElement p")]
    [InlineData("CancellationToken p")]
    [InlineData("IServiceProvider p")]
    [InlineData("IEnumerable<string> p")]
    public Task Given_bounded_input_DoesNotTrigger(string parameter) => Verify.Source(Tool(parameter));

    [Fact]
    public Task Given_members_of_types_a_client_fills_Triggers_once_at_each() => Verify.Source("""
        public record Inner(string [|Name|], [StringLength(5)] string Short);
        public class Document { public string [|Title|] { get; set; } = ""; public string Computed => ""; [MaxLength(5)] public string Code { get; init; } = ""; }
        public class Order(string note) : Document { public string [|Note|] { get; } = note; [MaxLength(3)] public List<Inner> Parts { get; set; } = []; }
        public class T
        {
            [McpServerTool] public string A(Order order) => "";
            [McpServerTool] public string B([MaxLength(2)] Order[] orders) => "";
        }
        public class NotAnArgument { public string Text { get; set; } = ""; }
        """);

    [Fact]
    public Task Given_prompt_resource_and_partial_method_Triggers_once() => Verify.Source("""
        public partial class T
        {
            [McpServerPrompt] public string P(string [|text|]) => "";
            [McpServerResource(UriTemplate = "a://{id}")] public string R(string [|id|]) => "";
            [McpServerTool] public partial string A(string p);
            public partial string A(string [|p|]) => "";
            public string NoTool(string p) => "";
        }
        public class Heir : T;
        """);

    [Fact]
    public Task Given_what_JsonString_reads_Triggers_at_its_members() => Verify.Source("""
        using McpSecureGen;
        public record Filter(string [|Name|]);
        public class T { [McpServerTool] public string A([JsonString(typeof(Filter))] string filter) => ""; }
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("public class T { [McpServerTool] public string A(string [|p|]) => \"\"; }");
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_findings_Fix_adds_the_bounds_and_the_usings() =>
        VerifyFix<MCPSEC2001UnboundedInputAnalyzer, MCPSEC2001BoundInputFix>.Source(
            """
            public record Part(string [|Name|]);
            public class Order
            {
                public string [|Note|] { get; set; } = "";
            }
            public class T
            {
                [McpServerTool]
                public string A(string [|a|], [Description("Which.")] string[] [|b|], [MaxLength(3)] List<Part> c, Order d, byte[] [|e|]) => "";
            }
            """,
            """
            using McpSecureGen;

            public record Part([StringLength(4096)] string Name);
            public class Order
            {
                [StringLength(4096)]
                public string Note { get; set; } = "";
            }
            public class T
            {
                [McpServerTool]
                public string A([StringLength(4096)] string a, [Description("Which."), MaxLength(256), SafeText(MaxLength = 4096, AllowNewLines = true)] string[] b, [MaxLength(3)] List<Part> c, Order d, [MaxLength(65536)] byte[] e) => "";
            }
            """,
            MCPSEC2001BoundInputFix.BoundKey);

    [Fact]
    public Task Given_a_finding_Message_names_limit_and_remedy() => Verify.Source(
        "public class T { [McpServerTool] public string A(string {|#0:p|}) => \"\"; }",
        Verify.Diagnostic().WithLocation(0).WithArguments("p", "its length", "MaxStringLength", "StringLength(4096)"));

    private static string Tool(string parameter) => $$"""
        using McpSecureGen;
        public sealed class ShortTextAttribute() : StringLengthAttribute(20);
        public class T { [McpServerTool] public string A({{parameter}}) => ""; }
        """;
}
