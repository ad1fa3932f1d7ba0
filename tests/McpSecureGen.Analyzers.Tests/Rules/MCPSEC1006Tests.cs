using McpSecureGen.Analyzers.Tests.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC1006WaiverAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1006Tests
{
    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"  \\t\"")]
    [InlineData("null!")]
    [InlineData("reason: \"\"")]
    [InlineData("default(string)!")]
    public Task Given_waiver_without_reason_Triggers(string argument)
    {
        var expression = argument.StartsWith("reason: ", StringComparison.Ordinal) ? "reason: [|\"\"|]" : $"[|{argument}|]";
        return Verify.Source($$"""
            using McpSecureGen;
            public class T { [McpServerTool, RequiresNoCapability({{expression}})] public string Read() => ""; }
            """);
    }

    [Theory]
    [InlineData("\"Adds two numbers.\"")]
    [InlineData("nameof(T)")]
    public Task Given_waiver_with_reason_DoesNotTrigger(string argument) => Verify.Source($$"""
        using McpSecureGen;
        public class T { [McpServerTool, RequiresNoCapability({{argument}})] public string Read() => ""; }
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            public class T { [McpSecureGen.RequiresNoCapability([|""|])] public string Read() => ""; }
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }
}
