using McpSecureGen.Analyzers.Parsing;
using McpSecureGen.Analyzers.Tests.Testing;

namespace McpSecureGen.Analyzers.Tests.Parsing;

public sealed class CapabilityDeclarationsTests
{
    [Theory]
    [InlineData("FileTools", "file-tools")]
    [InlineData("HTTPServer", "http-server")]
    [InlineData("S3Tools", "s3-tools")]
    [InlineData("MyHTTP", "my-http")]
    [InlineData("A", "a")]
    [InlineData("file_tools", "file-tools")]
    [InlineData("__X__", "x")]
    [InlineData("___", "default")]
    [InlineData("Größe", "gru00f6u00dfe")]
    public void Given_class_name_Default_namespace_is_its_kebab_case(string name, string expected) => Assert.Equal(expected, KebabCase.Of(name));

    [Fact]
    public void Given_declarations_on_method_overridden_method_class_and_base_Adds_them_up()
    {
        var declaration = Of("""
            [RequiresCapability("read:files")] public class Base { [McpServerTool, RequiresCapability("net:access")] public virtual int A() => 1; }
            [RequiresCapability("env:read"), RequiresCapability("env:read", "write:files")]
            public class T : Base { [RequiresCapability("exec:commands")] public override int A() => 1; }
            """);
        Assert.Equal(["env:read", "exec:commands", "net:access", "read:files", "write:files"], declaration.Required);
        Assert.True(declaration.IsDeclared);
        Assert.False(declaration.HasWaiver);
    }

    [Fact]
    public void Given_declaration_on_the_base_method_of_another_heir_Does_not_take_it()
    {
        var declaration = Of("""
            public class Base { [McpServerTool] public int A() => 1; }
            [RequiresCapability("read:files")] public class Other : Base;
            public class T : Base;
            """);
        Assert.Empty(declaration.Required);
        Assert.False(declaration.IsDeclared);
    }

    [Fact]
    public void Given_inherited_waiver_Reads_its_reason()
    {
        var declaration = Of("""
            public class Base { [McpServerTool, RequiresNoCapability("pure")] public virtual int A() => 1; }
            public class T : Base { public override int A() => 2; }
            """);
        Assert.True(declaration.HasWaiver);
        Assert.Equal("pure", declaration.WaiverReason);
        Assert.True(declaration.IsDeclared);
    }

    [Theory]
    [InlineData("[McpNamespace(\"files\")] public class T { [McpServerTool] public int A() => 1; }", "files")]
    [InlineData("[McpNamespace(\"files\")] public class Base; public class T : Base { [McpServerTool] public int A() => 1; }", "files")]
    [InlineData("public class Outer { public class T { [McpServerTool] public int A() => 1; } }", "t")]
    [InlineData("public class T<X> { [McpServerTool] public int A() => 1; }", "t")]
    public void Given_class_Namespace_is_declared_inherited_or_derived(string source, string expected) => Assert.Equal(expected, Of(source).Namespace);

    [Fact]
    public void Given_vocabulary_Reads_constants_definitions_and_roles()
    {
        var compilation = Sources.Compile("""
            [assembly: DefineCapability("play:chess", Description = "Plays.", Implies = new[] { "read:files" })]
            [assembly: DefineRole("Player", "play:chess", "read:files", Namespaces = ["games"])]
            """);
        var vocabulary = CapabilityVocabulary.Of(compilation);
        Assert.Superset(new HashSet<string> { "read:files", "write:files", "exec:commands", "net:access", "env:read" }, vocabulary.BuiltIn.ToHashSet());
        var definition = Assert.Single(vocabulary.Defined);
        Assert.Equal(("play:chess", "Plays.", "read:files"), (definition.Name, definition.Description, definition.Implies[0]));
        var role = Assert.Single(CapabilityVocabulary.RolesOf(compilation.Assembly));
        Assert.Equal(new RoleDefinition("Player", new(["play:chess", "read:files"]), new(["games"])), role);
        Assert.Equal(vocabulary, CapabilityVocabulary.Of(compilation));
    }

    private static CapabilityDeclaration Of(string source) =>
        CapabilityDeclarations.Of(PrimitiveFinder.Find(Sources.Type(Sources.Compile(source), "T")).Single());
}
