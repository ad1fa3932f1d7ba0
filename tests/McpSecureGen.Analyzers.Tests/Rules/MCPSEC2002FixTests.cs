using McpSecureGen.Analyzers.Rules;
using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Fix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<McpSecureGen.Analyzers.Rules.MCPSEC2002UnconfinedInputAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC2002ConfineInputFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC2002FixTests
{
    [Fact]
    public Task Given_findings_of_every_kind_Fix_adds_what_fits() => Fix.Source(
        """
        using System.Diagnostics;
        using System.IO;

        public record Page(string [|Url|]);
        public class T
        {
            [McpServerTool]
            public void A(string [|path|], [Description("To.")] string [|target|], Page page, string [|args|], string [|command|]) => File.WriteAllText(target, "");
        }
        """,
        """
        using System.Diagnostics;
        using System.IO;
        using McpSecureGen;

        public record Page([SafeUrl] string Url);
        public class T
        {
            [McpServerTool]
            public void A([SafePath(Root = "workspace")] string path, [Description("To."), SafePath(Root = "workspace", Access = PathAccess.Write)] string target, Page page, [SafeArgument] string args, [SafeExecutable()] string command) => File.WriteAllText(target, "");
        }
        """,
        MCPSEC2002ConfineInputFix.ConfineKey);

    [Fact]
    public Task Given_a_root_in_use_Fix_names_it() => Fix.Source(
        """
        using McpSecureGen;
        public static class Roots { public const string Notes = "notes"; }
        public class T
        {
            [McpServerTool] public string A([SafePath(Root = Roots.Notes)] string path) => "";
            [McpServerTool] public string B(
                string [|path|],
                int count) => "";
        }
        """,
        """
        using McpSecureGen;
        public static class Roots { public const string Notes = "notes"; }
        public class T
        {
            [McpServerTool] public string A([SafePath(Root = Roots.Notes)] string path) => "";
            [McpServerTool] public string B(
                [SafePath(Root = Roots.Notes)] string path,
                int count) => "";
        }
        """,
        MCPSEC2002ConfineInputFix.ConfineKey);
}
