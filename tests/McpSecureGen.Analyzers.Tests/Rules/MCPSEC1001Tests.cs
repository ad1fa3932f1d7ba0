using McpSecureGen.Analyzers.Tests.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC1001UnsecuredPrimitiveAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC1001Tests
{
    [Theory]
    [InlineData("Tool")]
    [InlineData("Prompt")]
    [InlineData("Resource")]
    public Task Given_primitive_without_declaration_Triggers(string kind) => Verify.Source(
        $$"""
        public sealed class T { [McpServer{{kind}}] public string {|#0:Read|}() => ""; }
        """,
        Verify.Diagnostic().WithLocation(0).WithArguments(kind, "Read"));

    [Theory]
    [InlineData("""[McpServerTool] private string [|Read|]() => "";""")]
    [InlineData("""[McpServerTool] static string [|Read|]() => "";""")]
    [InlineData("""[McpServerTool] private protected string [|Read|]<X>() => "";""")]
    [InlineData("""string P { [McpServerTool] [|get|] => ""; }""")]
    [InlineData("""class Inner { class Deep { [McpServerTool] string [|Read|]() => ""; } }""")]
    [InlineData("""record R(int A) { [McpServerTool] string [|Read|]() => ""; }""")]
    [InlineData("""struct S { [McpServerTool] string [|Read|]() => ""; }""")]
    [InlineData("""static class S { [McpServerTool] static string [|Read|]() => ""; }""")]
    [InlineData("""class G<X> { [McpServerTool] string [|Read|](X x) => ""; }""")]
    [InlineData("""[McpServerTool, McpServerPrompt] string [|Read|]() => "";""")]
    [InlineData("""[McpServerTool, McpSecureGen.RequiresCapability] string [|Read|]() => "";""")]
    public Task Given_unusual_member_without_declaration_Triggers_once(string member) => Verify.Source($"public class T {{ {member} }}");

    [Theory]
    [InlineData("""[McpServerTool, RequiresCapability("read:files")] private string Read() => "";""")]
    [InlineData("""[McpServerTool, RequiresNoCapability("pure")] static string Read() => "";""")]
    [InlineData("""[RequiresCapability("read:files")] class Inner { [McpServerTool] string Read() => ""; }""")]
    [InlineData("""string NotATool() => "";""")]
    public Task Given_declared_member_DoesNotTrigger(string member) => Verify.Source($"using McpSecureGen; public class T {{ {member} }}");

    [Fact]
    public Task Given_file_local_class_Triggers() => Verify.Source("""
        file class T { [McpServerTool] string [|Read|]() => ""; }
        """);

    [Fact]
    public Task Given_override_of_tool_without_attribute_Triggers_on_both() => Verify.Source("""
        public class A { [McpServerTool] public virtual string [|Read|]() => ""; }
        public class B : A { public override string [|Read|]() => ""; }
        """);

    [Fact]
    public Task Given_override_of_declared_tool_DoesNotTrigger() => Verify.Source("""
        using McpSecureGen;
        public class A { [McpServerTool, RequiresCapability("read:files")] public virtual string Read() => ""; }
        public class B : A { public override string Read() => ""; }
        """);

    [Fact]
    public Task Given_abstract_base_and_one_undeclared_heir_Triggers_once_at_the_method() => Verify.Source("""
        using McpSecureGen;
        public abstract class A { [McpServerTool] public string [|Read|]() => ""; }
        [RequiresCapability("read:files")] public class B : A;
        public class C : A;
        public class D : A;
        """);

    [Fact]
    public Task Given_abstract_base_and_only_declared_heirs_DoesNotTrigger() => Verify.Source("""
        using McpSecureGen;
        public abstract class A<X> { [McpServerTool] public string Read(X x) => ""; }
        [RequiresCapability("read:files")] public class B : A<int>;
        [RequiresCapability("read:files")] public class C : A<string>;
        """);

    [Fact]
    public Task Given_scanned_abstract_base_and_only_declared_heirs_Triggers_because_the_scan_registers_the_base() => Verify.Source("""
        using McpSecureGen;
        [McpServerToolType] public abstract class A { [McpServerTool] public string [|Read|]() => ""; }
        [RequiresCapability("read:files")] public class B : A;
        """);

    [Fact]
    public Task Given_abstract_class_without_heirs_Triggers() => Verify.Source("""
        public abstract class A { [McpServerTool] public string [|Read|]() => ""; }
        """);

    [Fact]
    public Task Given_abstract_method_implemented_without_declaration_Triggers_at_the_implementation() => Verify.Source("""
        public abstract class A { [McpServerTool] public abstract string Read(); }
        public class B : A { public override string [|Read|]() => ""; }
        """);

    [Fact]
    public Task Given_partial_method_Triggers_once_at_the_part_with_the_body() => Verify.Source("""
        public partial class T { [McpServerTool] public partial string [|Read|](); }
        public partial class T { public partial string Read() => ""; }
        """.Replace("[|Read|]()", "Read()", StringComparison.Ordinal).Replace("string Read() =>", "string [|Read|]() =>", StringComparison.Ordinal));

    [Fact]
    public Task Given_partial_method_declared_on_either_part_DoesNotTrigger() => Verify.Source("""
        using McpSecureGen;
        public partial class T { [RequiresCapability("read:files")] public partial string Read(); }
        public partial class T { [McpServerTool] public partial string Read() => ""; }
        """);

    [Fact]
    public async Task Given_method_inherited_from_a_referenced_assembly_Triggers_at_the_class()
    {
        var library = References.Compile("Lib", """
            using ModelContextProtocol.Server;
            public class LibBase
            {
                [McpServerTool] public string Read() => "";
                [McpServerTool] private string Hidden() => "";
                [McpServerTool] public static string Shared() => "";
            }
            """, [.. References.Framework, .. References.Sdk]);
        var test = Verify.Test("""
            using McpSecureGen;
            public class {|#0:A|} : LibBase;
            public class B : A;
            [RequiresCapability("read:files")] public class C : LibBase;
            """, Verify.Diagnostic().WithLocation(0).WithArguments("Tool", "A.Read"));
        test.TestState.AdditionalReferences.Add(library);
        await test.RunAsync();
    }

    [Fact]
    public Task Given_code_in_a_generated_file_Triggers()
    {
        var test = Verify.Test("");
        test.TestState.Sources.Add(("/0/Hidden.g.cs", """
            // <auto-generated/>
            public class T { [McpServerTool] public string [|Read|]() => ""; }
            """));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_code_in_this_librarys_own_output_DoesNotTrigger()
    {
        var test = Verify.Test("");
        test.TestState.Sources.Add(("/0/McpSecureGen.Analyzers/McpSecureGen.Analyzers.Emission.WrapperGenerator/McpSecureGen.T.g.cs", """
            public class T { [McpServerTool] public string Read() => ""; }
            """));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_file_that_only_borrows_the_name_of_own_output_Triggers()
    {
        var test = Verify.Test("");
        test.TestState.Sources.Add(("/0/McpSecureGen.T.g.cs", """
            public class T { [McpServerTool] public string [|Read|]() => ""; }
            """));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            public class T { [McpServerTool] public string [|Read|]() => ""; }
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_foreign_attribute_of_the_same_name_DoesNotTrigger() => Verify.Source("""
        namespace Other
        {
            public sealed class McpServerToolAttribute : Attribute;
            public class T { [McpServerTool] public string Read() => ""; }
        }
        """);

    [Fact]
    public Task Given_pragma_DoesNotTrigger() => Verify.Source("""
        #pragma warning disable MCPSEC1001
        public class T { [McpServerTool] public string Read() => ""; }
        """);
}
