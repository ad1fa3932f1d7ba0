using McpSecureGen.Analyzers.Tests.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC1002MalformedCapabilityAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1002Tests
{
    [Theory]
    [InlineData("read")]
    [InlineData("Read:files")]
    [InlineData("read:")]
    [InlineData(":files")]
    [InlineData("read:files/")]
    [InlineData("read files")]
    [InlineData("read:*")]
    [InlineData("read:a:b")]
    [InlineData("read:dateién")]
    [InlineData("")]
    public Task Given_malformed_name_Triggers_at_the_argument(string name) => Verify.Source(
        $$"""
        using McpSecureGen;
        public class T { [McpServerTool, RequiresCapability("read:files", {|#0:"{{name}}"|})] public string Read() => ""; }
        """,
        Verify.Diagnostic().WithLocation(0).WithArguments(name));

    [Theory]
    [InlineData("read:files")]
    [InlineData("read:files/temp")]
    [InlineData("read:files/temp/today")]
    [InlineData("a-1:b-2")]
    public Task Given_well_formed_name_DoesNotTrigger(string name) => Verify.Source(
        $$"""
        using McpSecureGen;
        public class T { [McpServerTool, RequiresCapability("{{name}}")] public string Read() => ""; }
        """);

    [Fact]
    public Task Given_malformed_names_in_definitions_and_roles_Triggers_at_each() => Verify.Source("""
        using McpSecureGen;
        [assembly: DefineCapability([|"Bad"|], Description = "Not A Name", Implies = new[] { "read:files", [|"also bad"|] })]
        [assembly: DefineRole("Any Role Name", [|"BAD:x"|], "read:files", Namespaces = ["Not checked"])]
        [assembly: DefineRole(name: "Reader", capabilities: [[|"no"|]])]
        """);

    [Fact]
    public Task Given_null_element_Triggers() => Verify.Source("""
        using McpSecureGen;
        [RequiresCapability("read:files", [|null!|])] public class T;
        """);

    [Fact]
    public Task Given_constant_with_malformed_value_Triggers() => Verify.Source("""
        using McpSecureGen;
        public static class Names { public const string Bad = "Bad"; }
        [RequiresCapability([|Names.Bad|])] public class T;
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            [McpSecureGen.RequiresCapability([|"Bad"|])] public class T;
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }
}
