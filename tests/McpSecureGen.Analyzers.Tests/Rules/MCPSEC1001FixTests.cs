using McpSecureGen.CodeFixes.Fixes;
using Verify = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC1001UnsecuredPrimitiveAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC1001DeclareCapabilityFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1001FixTests
{
    [Fact]
    public Task Given_body_that_reads_a_file_Declares_read_files() => Verify.Source(
        """
        public sealed class T
        {
            /// <summary>Reads.</summary>
            [McpServerTool]
            public string [|Read|](string path) => System.IO.File.ReadAllText(path);
        }
        """,
        """
        using McpSecureGen;

        public sealed class T
        {
            /// <summary>Reads.</summary>
            [McpServerTool]
            [RequiresCapability("read:files")]
            public string Read(string path) => System.IO.File.ReadAllText(path);
        }
        """,
        MCPSEC1001DeclareCapabilityFix.InferredKey);
}
