using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis.Testing;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC1009UnsoundRoleAnalyzer>;
using VerifyFix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<
    McpSecureGen.Analyzers.Rules.MCPSEC1009UnsoundRoleAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC1009SoundRoleFix>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1009Tests
{
    [Fact]
    public Task Given_unknown_capability_Triggers_and_names_role_and_nearest() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineRole("Reader", "net:access", {|#0:"read:fils"|})]
        [assembly: DefineRole("Odd", {|#1:"zz:zzzzzzzzzzzzzzzzzzzzzz/qqq"|})]
        """,
        Verify.Diagnostic().WithLocation(0).WithArguments("Reader", "read:fils", " (did you mean 'read:files'?)"),
        Verify.Diagnostic().WithLocation(1).WithArguments("Odd", "zz:zzzzzzzzzzzzzzzzzzzzzz/qqq", ""));

    [Fact]
    public Task Given_arguments_by_name_and_as_array_Triggers_at_the_name() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineRole(capabilities: new[] { "read:files", [|"read:fils"|] }, name: "Reader")]
        """);

    [Fact]
    public Task Given_role_defined_twice_Triggers_at_each_repetition() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineRole("Reader", "read:files")]
        [assembly: DefineRole({|#0:"Reader"|}, "net:access"), DefineRole(name: {|#1:Names.Reader|})]
        static class Names { public const string Reader = "Reader"; }
        """,
        Verify.Diagnostic(MCPSEC1009Duplicate).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithLocation(0).WithArguments("Reader"),
        Verify.Diagnostic(MCPSEC1009Duplicate).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithLocation(1).WithArguments("Reader"));

    [Theory]
    [InlineData("null!")]
    [InlineData("\"\"")]
    [InlineData("\" \"")]
    public Task Given_role_without_a_name_Triggers(string name) => Verify.Source($$"""
        using McpSecureGen;
        [assembly: DefineRole({|#0:{{name}}|}, "read:files")]
        """, Verify.Diagnostic(MCPSEC1009WithoutName).WithLocation(0));

    [Theory]
    [InlineData("[\"files\", {|#0:\"\"|}]")]
    [InlineData("new[] { {|#0:\" \"|} }")]
    [InlineData("new string[] { {|#0:null!|} }")]
    public Task Given_empty_namespace_Triggers(string namespaces) => Verify.Source($$"""
        using McpSecureGen;
        [assembly: DefineRole("Reader", "read:files", Namespaces = {{namespaces}})]
        """, Verify.Diagnostic(MCPSEC1009EmptyNamespace).WithLocation(0).WithArguments("Reader"));

    [Fact]
    public Task Given_sound_roles_DoesNotTrigger() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineCapability("play:chess")]
        [assembly: DefineRole("Reader", "read:files", "read:files/temp", McpCapabilities.NetAccess, Namespaces = ["files"])]
        [assembly: DefineRole("reader", "play:chess")]
        [assembly: DefineRole("Nobody")]
        """);

    [Fact]
    public Task Given_malformed_name_DoesNotTrigger_because_another_rule_does() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineRole("Reader", "Read")]
        """);

    [Fact]
    public async Task Given_role_of_a_referenced_library_DoesNotTrigger_because_it_grants_nothing_here()
    {
        var test = Verify.Test("""
            [assembly: McpSecureGen.DefineRole("Reader", "read:files")]
            """);
        test.TestState.AdditionalReferences.Add(References.Compile("Lib", """
            [assembly: McpSecureGen.DefineRole("Reader", "read:fils")]
            """, [.. References.Framework, .. References.Sdk, References.Own]));
        await test.RunAsync();
    }

    [Fact]
    public Task Given_attribute_of_the_same_name_elsewhere_DoesNotTrigger() => Verify.Source("""
        [assembly: DefineRole("", "read:fils")]
        [System.AttributeUsage(System.AttributeTargets.Assembly)]
        sealed class DefineRoleAttribute(string name, params string[] capabilities) : System.Attribute
        {
            public string Name { get; } = name;
            public string[] Capabilities { get; } = capabilities;
        }
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            [assembly: McpSecureGen.DefineRole("Reader", [|"read:fils"|])]
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_fix_Uses_the_nearest_name_everywhere() => VerifyFix.Source(
        """
        using McpSecureGen;
        [assembly: DefineRole("Reader", /* why */ {|MCPSEC1009:"read:fils"|} /* here */, {|MCPSEC1009:"net:acess"|})]
        """,
        """
        using McpSecureGen;
        [assembly: DefineRole("Reader", /* why */ "read:files" /* here */, "net:access")]
        """,
        MCPSEC1009SoundRoleFix.NearestKey);

    [Fact]
    public Task Given_fix_for_a_second_definition_Joins_both() => VerifyFix.Source(
        """
        using McpSecureGen;
        [assembly: DefineRole("Reader", "read:files", Namespaces = ["files"])]
        // Others.
        [assembly: DefineRole({|MCPSEC1009:"Reader"|}, "net:access", "read:files", Namespaces = ["files"])]
        [assembly: DefineRole("Writer", "write:files"), DefineRole({|MCPSEC1009:"Writer"|}, "env:read")]
        """,
        """
        using McpSecureGen;
        [assembly: DefineRole("Reader", "read:files", "net:access", Namespaces = ["files"])]
        [assembly: DefineRole("Writer", "write:files", "env:read")]
        """,
        MCPSEC1009SoundRoleFix.JoinKey);

    [Theory]
    [InlineData("""[assembly: DefineRole({|MCPSEC1009:"Reader"|}, "net:access")]""")]
    [InlineData("""[assembly: DefineRole({|MCPSEC1009:""|}, "net:access")]""")]
    [InlineData("""[assembly: DefineRole("Other", "net:access", Namespaces = [{|MCPSEC1009:""|}])]""")]
    public Task Given_what_only_the_author_can_decide_Offers_no_fix(string role)
    {
        var source = $"""
            using McpSecureGen;
            [assembly: DefineRole("Reader", "read:files", Namespaces = ["files"])]
            {role}
            """;
        return VerifyFix.Source(source, source, MCPSEC1009SoundRoleFix.JoinKey);
    }
}
