using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC1003UnknownCapabilityAnalyzer>;
using VerifyFix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC1003UnknownCapabilityAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC1003NearestCapabilityFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1003Tests
{
    [Fact]
    public Task Given_misspelt_name_Triggers_and_names_the_nearest() => Verify.Source("""
        using McpSecureGen;
        public class T { [McpServerTool, RequiresCapability({|#0:"read:file"|})] public string Read() => ""; }
        """, Verify.Diagnostic().WithLocation(0).WithArguments("read:file", " (did you mean 'read:files'?)"));

    [Fact]
    public Task Given_name_unlike_any_other_Triggers_without_a_suggestion() => Verify.Source("""
        using McpSecureGen;
        [RequiresCapability({|#0:"zz:zzzzzzzzzzzzzzzzzzzzzz/qqq"|})] public class T;
        """, Verify.Diagnostic().WithLocation(0).WithArguments("zz:zzzzzzzzzzzzzzzzzzzzzz/qqq", ""));

    [Fact]
    public Task Given_built_in_defined_and_qualified_names_DoesNotTrigger() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineCapability("play:chess", Implies = ["read:files"])]
        [assembly: DefineRole("Player", "play:chess", "play:chess/blitz")]
        [RequiresCapability("play:chess", "read:files/temp/today", McpCapabilities.NetAccess)] public class T;
        """);

    [Fact]
    public Task Given_unknown_names_in_implications_Triggers() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineCapability("play:chess", Implies = [[|"play:ches"|]])]
        """);

    [Fact]
    public Task Given_unknown_name_in_a_role_DoesNotTrigger_because_another_rule_does() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineRole("Player", "read:fils")]
        """);

    [Fact]
    public Task Given_malformed_name_DoesNotTrigger_because_another_rule_does() => Verify.Source("""
        using McpSecureGen;
        [RequiresCapability("Read")] public class T;
        """);

    [Fact]
    public async Task Given_definition_in_a_referenced_library_DoesNotTrigger()
    {
        var library = References.Compile("Lib", """
            [assembly: McpSecureGen.DefineCapability("play:chess")]
            """, [.. References.Framework, .. References.Sdk, References.Own]);
        var test = Verify.Test("""
            [McpSecureGen.RequiresCapability("play:chess")] public class T;
            """);
        test.TestState.AdditionalReferences.Add(library);
        await test.RunAsync();
    }

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            [McpSecureGen.RequiresCapability([|"read:file"|], "read:files")] public class T;
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_fix_Uses_the_nearest_name_everywhere() => VerifyFix.Source(
        """
        using McpSecureGen;
        [assembly: DefineCapability("play:chess", Implies = new[] { [|"read:fils"|], "net:access" })]
        [RequiresCapability(/* why */ [|"read:file"|] /* here */, [|"net:acess"|])] public class T;
        """,
        """
        using McpSecureGen;
        [assembly: DefineCapability("play:chess", Implies = new[] { "read:files", "net:access" })]
        [RequiresCapability(/* why */ "read:files" /* here */, "net:access")] public class T;
        """,
        MCPSEC1003NearestCapabilityFix.NearestKey);
}
