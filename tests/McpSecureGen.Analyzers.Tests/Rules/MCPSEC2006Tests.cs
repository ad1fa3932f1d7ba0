using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Fix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<McpSecureGen.Analyzers.Rules.MCPSEC2006UnconfinedTemplateAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC2006ConfineTemplateFix>;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC2006UnconfinedTemplateAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC2006Tests
{
    [Theory]
    [InlineData("a:///{+p}", "string [|p|]")]
    [InlineData("a:///{+P}", "string [|p|]")]
    [InlineData("a:///x/{+q,p}", "string q2, string [|p|]")]
    [InlineData("a:///{#p}", "string [|p|]")]
    [InlineData("a:///{/p*}", "string [|p|]")]
    [InlineData("a:///{+p:20}", "string [|p|]")]
    [InlineData("file:///{p}", "string [|p|]")]
    [InlineData("FILE:///x/{name}.txt", "string [|name|]")]
    [InlineData("a:///{+p}", "[SafeText] string [|p|]")]
    [InlineData("a:///{+p}", "[StringLength(5)] string? [|p|] = null")]
    public Task Given_a_template_with_an_unconfined_path_Triggers(string template, string parameter) => Verify.Source(Resource(template, parameter));

    [Theory]
    [InlineData("a:///{p}", "string p")]
    [InlineData("a:///{/p}", "string p")]
    [InlineData("a:///{?p}", "string p")]
    [InlineData("file:///x{?p}", "string p")]
    [InlineData("a:///{+p}", "[SafePath(Root = \"w\")] string p")]
    [InlineData("a:///{+p}", "[SafePath(Root = \"w\")] ConfinedPath p")]
    [InlineData("a:///{+p}", "[SafeUrl] string p")]
    [InlineData("a:///{+p}", "[SafeIdentifier] string p")]
    [InlineData("a:///{+p}", "[AllowedValues(\"a\")] string p")]
    [InlineData("a:///{+p}", "[RegularExpression(\"^[a-z]+$\")] string p")]
    [InlineData("a:///{+p}", "int p")]
    [InlineData("a:///{+p}", "string q")]
    [InlineData("a:///{+p", "string p")]
    public Task Given_a_confined_or_plain_variable_DoesNotTrigger(string template, string parameter) => Verify.Source(Resource(template, parameter));

    [Fact]
    public Task Given_tool_and_prompt_DoesNotTrigger() => Verify.Source("public class T { [McpServerTool] public string A(string path) => \"\"; [McpServerPrompt] public string B(string path) => \"\"; }");

    [Fact]
    public Task Given_a_finding_Message_names_variable_and_template() => Verify.Source(
        "public class T { [{|#1:McpServerResource(UriTemplate = \"a:///{+p}\")|}] public string A(string {|#0:p|}) => \"\"; }",
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("p", "{+p}, reserved characters included,", "a:///{+p}"));

    [Fact]
    public Task Given_partial_method_and_heir_Triggers_once() => Verify.Source("""
        public partial class T
        {
            [McpServerResource(UriTemplate = "a:///{+p}")] public partial string A(string p);
            public partial string A(string [|p|]) => "";
        }
        public class Heir : T;
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test(Resource("a:///{+p}", "string [|p|]").Replace("using McpSecureGen;", "", StringComparison.Ordinal));
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_findings_Fix_confines_them() => Fix.Source(
        """
        public class T
        {
            [McpServerResource(UriTemplate = "a:///{+p}")] public string A([Description("Which.")] string [|p|]) => "";
            [McpServerResource(UriTemplate = "b:///{+p}")] public string B(string [|p|]) => "";
        }
        """,
        """
        using McpSecureGen;

        public class T
        {
            [McpServerResource(UriTemplate = "a:///{+p}")] public string A([Description("Which."), SafePath(Root = "workspace")] string p) => "";
            [McpServerResource(UriTemplate = "b:///{+p}")] public string B([SafePath(Root = "workspace")] string p) => "";
        }
        """,
        MCPSEC2006ConfineTemplateFix.ConfineKey);

    private static string Resource(string template, string parameter) => $$"""
        using McpSecureGen;
        public class T { [McpServerResource(UriTemplate = "{{template}}")] public string A({{parameter}}) => ""; }
        """;
}
