using McpSecureGen.Analyzers.Tests.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC9001FallbackBindingAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC9001Tests
{
    [Fact]
    public Task Given_generic_class_Triggers_and_says_why() => Verify.Source("""
        public class G<X> { [McpServerTool] public string {|#0:Read|}() => ""; }
        """, Verify.Diagnostic().WithLocation(0).WithArguments("Tool", "Read", "'G' is generic, and its type arguments are known only at registration"));

    [Theory]
    [InlineData("class G<X> { class Inner { [McpServerTool] string [|Read|]() => \"\"; } }")]
    [InlineData("[McpServerTool] string [|Read|]<X>() => \"\";")]
    [InlineData("[McpServerTool] string [|Read|](ref int a) => \"\";")]
    [InlineData("[McpServerTool] string [|Read|](in int a) => \"\";")]
    [InlineData("[McpServerTool] string [|Read|](ReadOnlySpan<char> a) => \"\";")]
    [InlineData("[McpServerTool] string [|Read|](Microsoft.Extensions.AI.AIFunctionArguments a) => \"\";")]
    public Task Given_signature_that_cannot_be_called_directly_Triggers(string member) => Verify.Source($"public class T {{ {member} }}");

    [Fact]
    public Task Given_plain_signature_or_closed_generic_base_DoesNotTrigger() => Verify.Source("""
        public class T { [McpServerTool] private string Read(int a, CancellationToken token) => ""; }
        public class G<X> { public string NotATool(X x) => ""; }
        public class C : G<int> { [McpServerTool] public string Read() => ""; }
        """);

    [Fact]
    public Task Given_generic_base_with_closed_heirs_Triggers_at_the_declaration_only() => Verify.Source("""
        public abstract class G<X> { [McpServerTool] public string [|Read|](X x) => ""; }
        public class C : G<int>;
        """);

    [Fact]
    public Task Given_generic_heir_of_a_plain_base_Triggers_at_the_class() => Verify.Source("""
        public class A { [McpServerTool] public string Read() => ""; }
        public class [|G|]<X> : A;
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            public class T { [McpServerTool] string [|Read|](Microsoft.Extensions.AI.AIFunctionArguments a) => ""; }
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }
}
