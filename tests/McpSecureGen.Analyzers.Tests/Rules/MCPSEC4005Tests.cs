using McpSecureGen.Analyzers.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC4005DuplicateNameAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC4005Tests
{
    [Fact]
    public Task Given_two_methods_of_one_derived_name_Triggers_on_the_later() => Verify.Source("""
        public class T
        {
            [McpServerTool] public string ReadFile() => "";
            [McpServerTool] public Task<string> {|#0:ReadFileAsync|}() => Task.FromResult("");
        }
        """, Verify.Diagnostic().WithLocation(0).WithArguments("Tool", "read_file", "T.ReadFileAsync", "T.ReadFile"));

    [Theory]
    [InlineData("[McpServerTool] string A(int a) => \"\"; [McpServerTool] string [|A|]() => \"\";")]
    [InlineData("[McpServerTool(Name = \"b\")] string A() => \"\"; [McpServerTool] string [|B|]() => \"\";")]
    [InlineData("[McpServerPrompt] string Ab() => \"\"; [McpServerPrompt(Name = \"ab\")] string [|C|]() => \"\";")]
    [InlineData("[McpServerResource(UriTemplate = \"resource://B/c\")] string A() => \"\"; [McpServerResource(UriTemplate = \"resource://b/c#x\")] string [|B|]() => \"\";")]
    public Task Given_one_name_in_one_class_Triggers(string members) => Verify.Source($"public class T {{ {members} }}");

    [Theory]
    [InlineData("[McpServerTool] string A() => \"\"; [McpServerPrompt] string A(int a) => \"\";")]
    [InlineData("[McpServerTool] string A() => \"\"; [McpServerTool(Name = \"A\")] string B() => \"\";")]
    [InlineData("[McpServerTool] string AbAsync() => \"\"; [McpServerTool] string Ab() => \"\";")]
    [InlineData("[McpServerResource] string A() => \"\"; [McpServerResource(Name = \"a\")] string B(string id) => \"\";")]
    [InlineData("[McpServerResource(UriTemplate = \"a://{b}\")] string A() => \"\"; [McpServerResource(UriTemplate = \"a://{B}\")] string B() => \"\";")]
    public Task Given_different_kinds_or_names_DoesNotTrigger(string members) => Verify.Source($"public class T {{ {members} }}");

    [Fact]
    public Task Given_one_name_in_two_scanned_classes_Triggers() => Verify.Source("""
        [McpServerToolType] public class A { [McpServerTool] public string Read() => ""; }
        [McpServerToolType] public static class B { [McpServerTool] public static string [|Read|]() => ""; }
        """);

    [Fact]
    public Task Given_one_name_in_two_classes_of_which_one_is_not_scanned_DoesNotTrigger() => Verify.Source("""
        [McpServerToolType] public class A { [McpServerTool] public string Read() => ""; }
        public class B { [McpServerTool] public string Read() => ""; }
        """);

    [Fact]
    public Task Given_one_method_inherited_by_two_scanned_classes_Triggers_on_the_later_class() => Verify.Source("""
        public abstract class Base { [McpServerTool] public string Read() => ""; }
        [McpServerToolType] public class A : Base;
        [McpServerToolType] public class [|B|] : Base;
        """);

    [Fact]
    public Task Given_one_method_inherited_by_unscanned_classes_DoesNotTrigger() => Verify.Source("""
        public abstract class Base { [McpServerTool] public string Read() => ""; }
        public class A : Base;
        public class B : Base;
        """);

    [Fact]
    public Task Given_hiding_method_of_the_same_name_Triggers() => Verify.Source("""
        public class A { [McpServerTool] public string Read() => ""; }
        public class B : A { [McpServerTool] public new string [|Read|]() => ""; }
        """);

    [Fact]
    public Task Given_override_DoesNotTrigger() => Verify.Source("""
        public abstract class A { [McpServerTool] public virtual string Read() => ""; }
        [McpServerToolType] public class B : A { [McpServerTool] public override string Read() => ""; }
        """);

    [Fact]
    public Task Given_heir_of_a_scanned_class_Triggers_because_the_scan_finds_both() => Verify.Source("""
        [McpServerToolType] public abstract class A { [McpServerTool] public string Read() => ""; }
        public class [|B|] : A;
        """);

    [Fact]
    public void Given_heir_of_a_scanned_class_The_SDK_registers_both()
    {
        var services = new ServiceCollection();
        services.AddMcpServer().WithToolsFromAssembly(Sources.Load(Sources.Compile("""
            [McpServerToolType] public abstract class A { [McpServerTool] public string Read() => ""; }
            public class B : A;
            """)));
        Assert.Equal(2, services.Count(d => d.ServiceType == typeof(ModelContextProtocol.Server.McpServerTool)));
    }

    [Fact]
    public Task Given_classes_registered_in_one_chain_Triggers_at_the_registration() => Verify.Source("""
        using Microsoft.Extensions.DependencyInjection;
        public class A { [McpServerTool] public string Read() => ""; }
        public class B { [McpServerTool] public string Read() => ""; }
        public static class P
        {
            public static void One(IServiceCollection services) => services.AddMcpServer().WithTools<A>().[|WithTools<B>|]();
            public static void Two(IServiceCollection services) => services.AddMcpServer().WithTools<A>();
            public static void Three(IServiceCollection services) => services.AddMcpServer().WithTools<B>();
        }
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            public class T { [McpServerTool] string A(int a) => ""; [McpServerTool] string [|A|]() => ""; }
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }
}
