using System.Globalization;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>A primitive of some unusual shape, and how many wrappers it must get: a shape that cannot be expressed gets none and is refused.</summary>
public sealed record Shape(string Name, string Source, int Wrappers)
{
    public override string ToString() => Name;
}

/// <summary>The shapes that the generator is tried on. <c>[T]</c> stands for a tool attribute and a declaration.</summary>
public static class Shapes
{
    private const string Attributes = "[McpServerTool, RequiresCapability(\"read:files\")]";

    public static TheoryData<Shape> All { get; } = [.. Plain().Concat(ShapesOfTypes.All()).Concat(ShapesOfNames.All()).Select(Expand)];

    private static Shape Expand(Shape shape) => shape with { Source = shape.Source.Replace("[T]", Attributes, StringComparison.Ordinal) };

    private static IEnumerable<Shape> Plain() =>
    [
        new("static", "public static class A { [T] public static string M(string a) => a; }", 1),
        new("primary constructor", "public sealed class A(IServiceProvider s) { [T] public string M(string a) => a + s; }", 1),
        new("private", "public class A { [T] private string M(string a, int b) => a + b; }", 1),
        new("private static", "public class A { [T] private static string M(string a) => a; }", 1),
        new("private in a static class", "public static class A { [T] private static string M(string a) => a; }", 1),
        new("protected", "public class A { [T] protected string M(string a) => a; }", 1),
        new("internal", "internal class A { [T] internal string M(string a) => a; }", 1),
        new("protected internal and private protected", "public class A { [T] protected internal string M(string a) => a; [T] private protected string N() => \"\"; }", 2),
        new("nested private class", "public class A { private class B { [T] public string M(string a) => a; [T] public static string N(string a) => a; } }", 2),
        new("private parameter type", "public class A { private sealed record P(int X); [T] private string M(P a) => a.ToString(); }", 0),
        new("private service type", "public class A { private interface P; [T] private string M(P a) => a.ToString()!; }", 0),
        new("record", "public sealed record A(int X) { [T] public string M(string a) => a + X; }", 1),
        new("struct", "public struct A { [T] public string M(string a) => a; [T] private string N(string a) => a; [T] public static string O(string a) => a; }", 3),
        new("interface", "public interface IA { [T] string M(string a) => a; [T] static string N(string a) => a; [T] static abstract string O(string a); [T] static virtual string P(string a) => a; }", 4),
        new("partial class", "public abstract class B { [T] public string M(string a) => a; } public partial class A : B; public partial class A : B { [T] public string N() => \"\"; }", 3),
        new("partial method", "public partial class A { [T] public partial string M(string a, int b = 3); public partial string M(string a, int b) => a; }", 1),
        new("generic base", "public abstract class B<T> { [T] public T M(T a) => a; } public class A : B<string>; public class C : B<List<int>>;", 2),
        new("generic class", "public class A<X> { [T] public string M(string a, X? b = default) => a; [T] public string N(string a) => a; public class D { [T] public string P(D d) => \"\"; } public record Q(int Z); [T] public string R(Q q) => \"\"; }", 2),
        new("generic method", "public class A { [T] public string M<X>(X a) => \"\"; [T] public string N<X>() => \"\"; }", 1),
        new("generic outer of static class", "public static class G<X> { public record D(int Z); } public class A { [T] public string M(G<int>.D d) => \"\"; }", 1),
        new("abstract", "public abstract class B { [T] public abstract string M(string a); [T] public static string N() => \"\"; } public class A : B { public override string M(string a) => a; }", 3),
        new("override", "public class B { [T] public virtual Task<string> M(string a) => Task.FromResult(a); } public class A : B { public override Task<string> M(string a) => base.M(a); } public class C : A;", 3),
        new("hidden by new", "public class B { [T] public string M(string a) => a; } public class A : B { [T] public new string M(string a) => a; }", 3),
        new("explicit interface", "public interface I { string M(string a); } public class A : I { [T] string I.M(string a) => a; }", 1),
        new("explicit generic interface", "public interface I<X, Y> { string M(X a, Y b); } public class A : I<string, Dictionary<string, int>> { [T] string I<string, Dictionary<string, int>>.M(string a, Dictionary<string, int> b) => a; }", 1),
        new("file-local", "file class A { [T] public string M(string a) => a; } file record P(int X); public class C { [T] private string M(string a) => a + new P(1); }", 2),
        new("accessor and operator", "public class A { public string X { [T] get => \"\"; } [T] public static A operator +(A a, int b) => a; }", 2),
        new("local function", "public class A { public void M() { [T] string L(string a) => a; L(\"\"); } }", 0),
        new("extension block", "public static class A { extension(string s) { [T] public string M(int a) => s + a; } }", 0),
        new("conditional", "public class A { [System.Diagnostics.Conditional(\"NEVER\"), T] public void M(string a) { } }".Replace(", T]", "] [T]", StringComparison.Ordinal), 1),
        new("overload priority", "public class A { [T] public string M(string a) => a; [System.Runtime.CompilerServices.OverloadResolutionPriority(1)] public string M(object a) => \"other\"; }", 1),
        new("overloads", "public class A { [T] public string M(string a) => a; [T] public string M(string a, int b = 1) => a; [T] public string M(int a) => \"\"; [T] public string M_2() => \"\"; [T] public string m() => \"\"; }", 5),
        new("two namespaces", "namespace N { public class A { [T] public string M(string a) => a; } } namespace O { public class A { [T] public string M(string a) => a; } } namespace O.N { public class A { [T] public string M(string a) => a; } }", 3),
        new("tool, prompt and resource at once", "public class A { [T] [McpServerPrompt] [McpServerResource] public string M() => \"\"; }", 3),
        new("68 parameters", $"public class A {{ [T] public string M({Numbered(68, i => $"int p{i} = {i}")}) => \"\"; }}", 1),
        new("return shapes", "public class A { [T] public void M() { } [T] public Task N() => Task.CompletedTask; [T] public ValueTask O() => default; [T] public ValueTask<int> P() => default; [T] public int? Q() => 1; [T] public ref int R() => ref _x; private int _x; [T] private ref int S() => ref _x; [T] public object? T() => null; [T] public (int A, string B) U() => (1, \"\"); }", 9),
        new("stack-only result", "public class A { [T] public Span<char> M(string a) => default; [T] public unsafe int* N(string a) => null; }", 2),
    ];

    private static string Numbered(int count, Func<int, string> text) =>
        string.Join(", ", Enumerable.Range(0, count).Select(text)).ToString(CultureInfo.InvariantCulture);
}
