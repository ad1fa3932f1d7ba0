using System.Reflection;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using McpSecureGen.Analyzers.Tests.Testing;
using ModelContextProtocol.Server;

namespace McpSecureGen.Analyzers.Tests.Parsing;

/// <summary>The finder against the truth: reflection as the SDK uses it, over the same source.</summary>
public sealed class PrimitiveFinderTests
{
    private const string Shapes = """
        public class Plain { [McpServerTool] public int A() => 1; [McpServerTool] private int B() => 1; [McpServerTool] static int C() => 1; public int D() => 1; }
        public class Kinds { [McpServerTool, McpServerPrompt, McpServerResource] public string A() => ""; [McpServerPrompt] protected string B() => ""; }
        public class Heir : Plain { [McpServerTool] public int E() => 1; }
        public class Protection { [McpServerTool] protected int A() => 1; [McpServerTool] internal int B() => 1; [McpServerTool] private protected int C() => 1; }
        public class ProtectionHeir : Protection;
        public abstract class Virtual { [McpServerTool] public virtual int A() => 1; [McpServerTool] public abstract int B(); public virtual int C() => 1; }
        public class Override : Virtual { public override int A() => 2; public override int B() => 2; [McpServerTool] public override int C() => 2; }
        public class OverrideHeir : Override { public sealed override int A() => 3; }
        public class Hiding : Plain { [McpServerTool] public new int A() => 2; }
        public class HidingUnattributed : Plain { public new int A() => 2; }
        public class Overloads { [McpServerTool] public int A() => 1; [McpServerTool] public int A(int a) => a; public int A(string a) => 1; }
        public abstract class GenericBase<T> { [McpServerTool] public T? A(T a) => a; [McpServerTool] protected List<T> B() => []; }
        public class Closed : GenericBase<int>;
        public class StillOpen<T> : GenericBase<T>;
        public class GenericMethod { [McpServerTool] public T A<T>(T a) => a; }
        public class Accessors { public int P { [McpServerTool] get; [McpServerTool] set; } [McpServerTool] public static Accessors operator +(Accessors a, Accessors b) => a; }
        public partial class Partial { [McpServerTool] public partial int A(); }
        public partial class Partial { public partial int A() => 1; [McpServerTool] private partial void B(); private partial void B() { } }
        public struct Struct { [McpServerTool] public int A() => 1; [McpServerTool] public override string ToString() => ""; }
        public record Record(int X) { [McpServerTool] public int A() => X; }
        public static class Static { [McpServerTool] public static int A() => 1; [McpServerTool] public static int Extension(this string s) => 1; }
        public interface IInterface { [McpServerTool] int A() => 1; [McpServerTool] static int B() => 1; }
        public class Implements : IInterface;
        public class ImplementsExplicitly : IInterface { [McpServerTool] int IInterface.A() => 2; }
        public class Outer { public class Nested { [McpServerTool] public int A() => 1; } [McpServerTool] public int B() => 1; }
        """;

    private static readonly Microsoft.CodeAnalysis.CSharp.CSharpCompilation Compilation = Sources.Compile(Shapes);
    private static readonly Assembly Loaded = Sources.Load(Compilation);

    public static TheoryData<string> TypeNames => [.. Loaded.GetTypes().Where(t => t.IsPublic || t.IsNestedPublic).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Given_any_type_Finds_what_the_SDK_finds_by_reflection(string name)
    {
        var runtime = Loaded.GetTypes().Single(t => t.Name == name);
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        var expected = runtime.GetMethods(All)
            .SelectMany(m => new (PrimitiveKind Kind, Attribute? Attribute)[]
            {
                (PrimitiveKind.Tool, m.GetCustomAttribute<McpServerToolAttribute>()),
                (PrimitiveKind.Prompt, m.GetCustomAttribute<McpServerPromptAttribute>()),
                (PrimitiveKind.Resource, m.GetCustomAttribute<McpServerResourceAttribute>()),
            }.Where(p => p.Attribute is not null).Select(p => $"{p.Kind} {m.DeclaringType!.Name.Split('`')[0]}.{m.Name}/{m.GetParameters().Length}"))
            .Order(StringComparer.Ordinal);

        var found = PrimitiveFinder.Find(Sources.Type(Compilation, name.Split('`')[0]))
            .Select(p => $"{p.Kind} {p.Method.ContainingType.Name}.{p.Method.MetadataName}/{p.Method.Parameters.Length}")
            .Order(StringComparer.Ordinal);

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Given_generic_base_Fills_in_its_type_arguments()
    {
        var primitives = PrimitiveFinder.Find(Sources.Type(Compilation, "Closed"));
        Assert.Equal("int", primitives.Single(p => p.Method.Name == "A").Method.Parameters[0].Type.ToDisplayString());
    }

    [Fact]
    public void Given_base_class_in_metadata_Finds_its_visible_methods()
    {
        var library = References.Compile("Lib", "using System; using System.Collections.Generic; using ModelContextProtocol.Server;" + Shapes,
            [.. References.Framework, .. References.Sdk]);
        var compilation = Sources.Compile("public class Mine : Protection; public class MyGeneric : GenericBase<string>;", library);
        Assert.Equal(["A", "C"], PrimitiveFinder.Find(Sources.Type(compilation, "Mine")).Select(p => p.Method.Name));
        Assert.Equal(["A", "B"], PrimitiveFinder.Find(Sources.Type(compilation, "MyGeneric")).Select(p => p.Method.Name));
    }

    [Theory]
    [InlineData("public string ReadFile() => \"\";")]
    [InlineData("public Task<string> ReadFileAsync() => Task.FromResult(\"\");")]
    [InlineData("public string ReadFileAsync() => \"\";")]
    [InlineData("public ValueTask Async() => default;")]
    [InlineData("public IAsyncEnumerable<string> ListAsync() => null!;")]
    [InlineData("public string __Read__File2Text_() => \"\";")]
    [InlineData("public string HTTPServerGETs5Items() => \"\";")]
    [InlineData("public string Größe_Ünicode() => \"\";")]
    [InlineData("public string ___() => \"\";")]
    [InlineData("public string 名前() => \"\";")]
    [InlineData("public string A1B2c3() => \"\";")]
    public void Given_any_method_name_Derives_the_name_the_SDK_derives(string method)
    {
        var compilation = Sources.Compile($"public class T {{ [McpServerPrompt] {method} }}");
        var runtime = Sources.Load(compilation).GetType("T")!.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Single();
        var expected = McpServerPrompt.Create(runtime, _ => throw new InvalidOperationException()).ProtocolPrompt.Name;

        Assert.Equal(expected, PrimitiveName.Of(PrimitiveFinder.Find(Sources.Type(compilation, "T")).Single()));
    }
}
