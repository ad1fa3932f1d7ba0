namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>Shapes of parameters and of the types behind them.</summary>
internal static class ShapesOfTypes
{
    public static IEnumerable<Shape> All() =>
    [
        new("params", "public class A { [T] public string M(params string[] a) => \"\"; [T] public string N(params IEnumerable<int> a) => \"\"; }", 2),
        new("by reference", "public class A { [T] public string M(ref string a, in int b) => \"\"; [T] public string N(out string a) => a = \"\"; [T] public string O(ref readonly int a) => \"\"; }", 3),
        new("stack-only parameter", "public class A { [T] public string M(ReadOnlySpan<char> a) => \"\"; [T] public string N(scoped Span<int> a) => \"\"; }", 0),
        new("pointers", "public unsafe class A { [T] public string M(int* a) => \"\"; [T] public string N(delegate*<int, void> a) => \"\"; [T] public string O(int*[] a) => \"\"; [T] public string P(void* a) => \"\"; }", 0),
        new("defaults", """
            public enum E : ulong { X = ulong.MaxValue, @class = 2 } public enum N : sbyte { X = sbyte.MinValue }
            public class A { [T] public string M(
                [System.Runtime.InteropServices.Optional] int jj, [System.Runtime.InteropServices.Optional, System.Runtime.CompilerServices.DateTimeConstant(630822816000000000)] DateTime kk,
                [System.Runtime.InteropServices.Optional, System.Runtime.InteropServices.DefaultParameterValue(3)] int ll, double a = double.NaN, double b = double.MinValue, double c = double.PositiveInfinity, double d = -0.0, double e = 1e300, float f = float.NegativeInfinity,
                float g = float.Epsilon, int h = int.MinValue, long i = long.MinValue, ulong j = ulong.MaxValue, uint k = uint.MaxValue, short l = short.MinValue,
                sbyte m = sbyte.MinValue, byte n = 255, char o = '\'', char p = '\0', char q = '\uD800', decimal r = decimal.MinValue, decimal s = 0.10m,
                string t = "a\"b\\c\r\n\u2028\0{}", string? u = null, E v = E.X, E? w = E.@class, N x = N.X, int? y = null, int? z = 5, bool aa = true, Guid bb = default,
                nint cc = -5, nuint dd = 7, DateTime ee = default, object? ff = null, object gg = null!, string hh = "\uD83D\uDE00 \uDC00", DayOfWeek ii = (DayOfWeek)(-1),
                ushort? mm = 9, char? nn = 'x', CancellationToken ct = default) => ""; }
            """, 1),
        new("nullable oblivious", "#nullable disable\npublic class A { [T] public string M(string a, List<string> b, int? c, Data d = null) => a; } public class Data { public string X { get; set; } public Data Y { get; set; } }", 1),
        new("dynamic", "public class A { [T] public string M(dynamic a, List<dynamic> b, Dictionary<string, dynamic[]> c, dynamicX d) => \"\"; [T] public dynamic N() => 1; } public record dynamicX(string mydynamic, dynamic x);", 2),
        new("tuples", "public class A { [T] public string M((int, string X) a, (int A, (string B, int C) D)? b, List<(string, string)> c) => \"\"; }", 1),
        new("native integers", "public class A { [T] public string M(nint a, nuint? b, IntPtr c) => \"\"; }", 1),
        new("private type in tuple", "public class A { private enum E { X } [T] private string M((int, E) a) => \"\"; [T] private string N(E a) => \"\"; [T] private string O(List<E[]> a) => \"\"; }", 0),
        new("nested generics", "public class A { [T] public string M(Dictionary<string, List<Dictionary<string, int?[]>>> a, B<string>.C<int>[] b, List<int>[][] c) => \"\"; } public class B<X> { public class C<Y> { public X? P { get; set; } public Y? Q { get; set; } } }", 1),
        new("multi-dimensional", "public class A { [T] public string M(int[,] a, int[][] b, string[,,][] c) => \"\"; [T] public string N(int[,] a) => \"\"; [T] public string O(R a) => \"\"; } public record R(int[,] X);", 0),
        new("obsolete and experimental", """
            [Obsolete("x")] public record D([property: Obsolete("y")] string X); [System.Diagnostics.CodeAnalysis.Experimental("EXP1")] public record F(string X);
            #pragma warning disable
            public class A { [T] public string M(D d, F f) => ""; [Obsolete, McpServerTool, RequiresCapability("read:files")] public string N() => ""; }
            """, 2),
        new("obsolete as an error", """
            [Obsolete("x", true)] public record D(string X); public record G([property: Obsolete("y", true)] string X);
            [Obsolete("x", true)] public enum E { X }
            public class A { [Obsolete("z", true)] [T] public string M(string d) => ""; [Obsolete] [T] public string N(D d) => ""; [T] public string O(G g) => ""; [Obsolete] [T] public string P(List<E> g) => ""; }
            [Obsolete("q", true)] public class B { [T] public string M(string d) => ""; }
            """, 5),
        new("attribute arguments", """
            public enum E : long { X = -3 }
            [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
            public class KAttribute : ValidationAttribute
            {
                public KAttribute(int a) { } public KAttribute(object? a) { } public KAttribute(Type? a, params object?[]? b) { } public KAttribute(string? a, int b = 3) { } internal KAttribute(E e) { }
                public KAttribute(bool a, byte b, char c, short d, long e, float f, double g, sbyte h, ushort i, uint j, ulong k) { }
                public object? @class { get; set; } public E[]? Es { get; set; } public Type[]? Types { get; set; } public string? Text; public float F { get; set; } public char C { get; set; }
            }
            public class GAttribute<X> : ValidationAttribute;
            public class A { [T] public string M(
                [K(1)] [K((object)1)] [K((object?)null)] [K((Type?)null)] [K(typeof(List<>), 1, "x", null, typeof(int[]), E.X)] [K((string?)null)] [K("a\"\n")] [K(E.X)]
                [K(true, 1, '\'', -1, long.MinValue, float.NaN, double.NegativeInfinity, -1, 1, 1, ulong.MaxValue)] [K(typeof(string), null)] [K(typeof(void))] [K((object)-5)] string a,
                [K(1, @class = new[] { 1, -2 }, Es = new[] { E.X, (E)7 }, Types = new[] { typeof(Dictionary<,>), typeof(int?), null! }, Text = "\u202e{0}", F = float.Epsilon, C = '\uDC00')] int b,
                [G<List<int?>>] [AllowedValues(1, "x", null)] [DeniedValues(2)] object c, [Range(typeof(decimal), "1", "2")] decimal d, [Length(1, 2), RegularExpression("^\"\\d$")] string e) => ""; }
            """, 1),
        new("internal and private attributes", """
            internal sealed class IAttribute : ValidationAttribute { internal IAttribute(int x) { } }
            public class A { private sealed class PAttribute : ValidationAttribute; private const string S = "x"; [T] public string M([I(1)] string a) => a; [T] public string N([P] string a) => a; }
            """, 1),
        new("recursive", "public record Tree(string Name, List<Tree>? Children, Tree? Parent, Dictionary<string, Tree> More) { public Tree[][]? X { get; init; } } public class A { [T] public string M(Tree a, Tree?[] b) => \"\"; }", 1),
        new("mutually recursive", "public record P(Q? Q, [SafeText] string X); public record Q(List<P>? Ps, R R); public struct R { public P? P { get; set; } } public class A { [T] public string M(P p, Q? q, R r, R? s, R?[] t) => \"\"; }", 1),
        new("struct with paths", "public struct S { [SafePath(Root = \"w\")] public string A { get; set; } [SafePath(Root = \"w\")] public string B { get; init; } [SafePath(Root = \"w\")] public string C { get; } } public readonly record struct R([SafePath(Root = \"w\")] string P, S Inner, S? Other, S[] Many); public class A { [T] public string M(S s, R r, R? q, List<S> l, List<S?> k) => \"\"; }", 1),
        new("classes with paths", "public class B { [SafePath(Root = \"w\")] public string X { get; protected set; } = \"\"; [SafePath(Root = \"w\")] public required string Y { get; init; } [SafePath(Root = \"w\")] public string Z { get; } = \"\"; [System.Text.Json.Serialization.JsonInclude, StringLength(3)] public string F = \"\"; } public class G<X> : B { [SafePath(Root = \"w\")] public string? V { get; private set; } } public class A { [T] public string M(B b, G<int> g) => \"\"; }", 1),
        new("generic classes with paths", """
            public interface IMark<X>; public abstract class Base : IMark<string>; public class Kid : Base, IMark<Kid>;
            public class G<X, @class, Z> where X : class? where @class : struct, Enum where Z : Base, IMark<Z>, new() { [SafePath(Root = "w")] public string? V { get; init; } [SafePath(Root = "w")] public ConfinedPath? C { get; } public G(ConfinedPath? c) => C = c; public X? A { get; set; } public @class B { get; set; } public Z? D { get; set; } }
            public record struct S<X>([property: SafePath(Root = "w")] string P, X? Y) where X : notnull; public readonly record struct U<X>([SafeUrl] X P); public record H<X>([SafePath(Root = "w")] string P, U<X>? Q) where X : class;
            public class O<X> { public class I<Y> where Y : IEnumerable<X> { [SafePath(Root = "w")] public string V { get; private set; } = ""; public required X A { get; init; } public Y? B { get; set; } } public record N([SafePath(Root = "w")] string P); }
            public record K(string P) : H<Uri>(P, null); public unsafe struct M<X> where X : unmanaged { [SafePath(Root = "w")] public string? P { get; init; } }
            public class A { [T] public string M(G<string, DayOfWeek, Kid> g, G<List<string>, DayOfWeek, Kid>[] h, S<int> s, S<string>? t, List<U<string>> u, H<Uri> v, O<int>.I<List<int>> w, O<string>.N x, K y, M<int> z) => ""; }
            """, 1),
        new("paths under other keys", "public record R([SafePath(Root = \"w\")] string X); public class A { [T] public string M([SafePath(Root = \"w\")] Dictionary<int, string> a, [SafePath(Root = \"w\")] Dictionary<DayOfWeek, ConfinedPath[]> b, IReadOnlyDictionary<Guid, R?> c, List<KeyValuePair<long, R>> d, SortedDictionary<int, Dictionary<string, R>>? e) => \"\"; }", 1),
        new("paths that cannot be put back", "public class F { private string _x; public F(string x) => _x = x; [SafePath(Root = \"w\")] public string X => _x; } public record R([SafePath(Root = \"w\")] string X); public class A { [T] public string M(F f) => \"\"; [T] public string N(KeyValuePair<string, R> a) => \"\"; [T] public string O((int, R[]) a) => \"\"; [T] public string P(ReadOnlyMemory<R>? a) => \"\"; [T] public string Q(Tuple<ConfinedUrl> a) => \"\"; }", 0),
        new("sensitive everywhere", "public struct S { [Sensitive] public string A { get; set; } } public record R([Sensitive] string P, S S, S? T, S[] U, S?[] V, List<S>? W, Dictionary<string, S> X, List<List<S>> Y, R? Z); public class A { [return: Sensitive] [T] public string M(R r, R? q, S s, S? t, S?[] u, List<R?> v, Dictionary<string, R> w, [Sensitive] int x, List<S[]> y) => \"\"; }", 1),
        new("interface members", "public interface I { string X { get; } I? Y { get; } } public record R(I A, IList<I> B, IReadOnlyDictionary<string, I?>? C); public class A { [T] public string M(R r, IEnumerable<I> i) => \"\"; }", 1),
        new("derived types", """
            using System.Text.Json.Serialization;
            [JsonDerivedType(typeof(B), "b"), JsonDerivedType(typeof(C), "c"), JsonDerivedType(typeof(R), "r")] public abstract class R { [Sensitive] public string? X { get; set; } }
            public class B : R { [SafePath(Root = "w")] public string? Y { get; set; } } public class C : B { public List<R>? Z { get; set; } }
            [JsonDerivedType(typeof(K))] public interface I { int X { get; } } public class K : I { public int X { get; set; } }
            public class A { [T] public string M(R r, R[] s, I i, B b) => ""; }
            """, 1),
        new("impossible derived types", """
            using System.Text.Json.Serialization;
            [JsonDerivedType(typeof(string))] public class R { public string? X { get; set; } }
            [JsonDerivedType(typeof(R))] public class S { public string? X { get; set; } }
            public class A { [T] public string M(R r) => ""; [T] public string N(S r) => ""; }
            """, 0),
        new("members out of reach", "public class R { public string X { private get; set; } = \"\"; } public class S { public string X { set { } } } public class P { [System.Text.Json.Serialization.JsonInclude] private string? X { get; set; } } public unsafe class U { public int* X { get; set; } } public class A { [T] public string M(R r) => \"\"; [T] public string N(S r) => \"\"; [T] public string O(P r) => \"\"; [T] public string P(U r) => \"\"; }", 0),
        new("odd members", "public class R { public string this[int i] => \"\"; public static string S => \"\"; public int self { get; set; } public string own { get; set; } = \"\"; public string objects { get; set; } = \"\"; public string all { get; set; } = \"\"; public string value { get; set; } = \"\"; public string Fill { get; set; } = \"\"; public string TryApply { get; set; } = \"\"; public string _x { get; set; } = \"\"; public string x { get; set; } = \"\"; public string X { get; set; } = \"\"; public string @class { get; set; } = \"\"; [SafePath(Root = \"w\")] public string @event { get; init; } = \"\"; [SafePath(Root = \"w\")] public string Conceal { get; } = \"\"; [Sensitive] public string field { get; set; } = \"\"; } public class A { [T] public string M(R r) => \"\"; }", 1),
        new("records of every kind", "public record B(string X) { public virtual string Y { get; init; } = \"\"; } public record C(string X, string Z) : B(X) { public override string Y { get; init; } = \"\"; } public record struct D(string X); public sealed record E<X>(X V, E<X>? W); public class A { [T] public string M(B b, C c, D d, D? e, E<string> f, E<E<int>> g) => \"\"; }", 1),
        new("validatable", "public class V : IValidatableObject { public string X { get; set; } = \"\"; public IEnumerable<ValidationResult> Validate(ValidationContext c) => []; } public struct W : IValidatableObject { public IEnumerable<ValidationResult> Validate(ValidationContext c) => []; } public class A { [T] public string M(V v, W w, W? x, V? y, List<V> z) => \"\"; }", 1),
        new("framework types", "public class A { [T] public string M(Uri a, DateTimeOffset b, TimeSpan? c, Guid d, System.Text.Json.JsonElement e, System.Text.Json.Nodes.JsonObject? f, byte[] g, ReadOnlyMemory<byte> h, Version i, object j, KeyValuePair<string, int> k, HashSet<DayOfWeek> l, System.Collections.Immutable.ImmutableArray<string> m, Stream n, Half o, Int128 p, DateOnly q, char[] r, System.Collections.IEnumerable s, System.Collections.ArrayList t) => \"\"; } public class Stream;", 1),
        new("collections of the author's", "public class L : List<string>; public class D : Dictionary<string, L> { public string? Extra { get; set; } } public class A { [T] public string M([SafePath(Root = \"w\")] L l, D d, [SafePath(Root = \"w\")] string[] s, [SafeText] List<List<string>> t, [MaxLength(3)] IReadOnlySet<string> u, IAsyncEnumerable<string>? v = null) => \"\"; }", 1),
        new("injected", "public class A { [T] public string M(CancellationToken a, IServiceProvider b, IProgress<ModelContextProtocol.ProgressNotificationValue> c, McpServer d, RequestContext<ModelContextProtocol.Protocol.CallToolRequestParams> e, System.Security.Claims.ClaimsPrincipal f, IComparable<string> g, [Microsoft.Extensions.DependencyInjection.FromKeyedServices(\"k\\\"\")] IComparable h, [Microsoft.Extensions.DependencyInjection.FromKeyedServices(DayOfWeek.Monday)] IComparable? i = null, Action? j = null) => \"\"; }", 1),
        new("enums", "public class A { public enum E { X, @class } [Flags] public enum F : byte { } [T] public string M(E a, E? b, List<E?> c, Dictionary<E, F> d, E e = E.@class, F f = (F)200) => \"\"; }", 1),
    ];
}
