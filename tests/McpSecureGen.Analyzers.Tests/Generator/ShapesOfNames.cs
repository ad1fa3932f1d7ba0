namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>Names that could collide with what the generator writes.</summary>
internal static class ShapesOfNames
{
    private static readonly string[] Emitted =
    [
        "binding", "call", "arguments", "cancellationToken", "objects", "value", "self", "services", "violation", "member", "original", "derived", "item", "present", "Policy", "Key",
        "Arguments", "CallAsync", "InvokeMethod", "InvokeAsync", "ObjectRules", "Metadata", "ProtocolTool", "Equals", "global", "System", "McpSecureGen", "Generated", "_", "__", "aValue", "a", "_a",
        "field", "record", "var", "dynamic", "async", "await", "nameof", "required", "scoped", "file", "when", "with", "init", "yield", "partial", "notnull", "unmanaged", "managed",
    ];

    private static readonly string[] Keywords =
    [
        "@class", "@event", "@string", "@default", "@new", "@this", "@base", "@null", "@true", "@ref", "@in", "@out", "@params", "@namespace", "@operator", "@void", "@object", "@typeof",
    ];

    private static readonly string[] Unicode = ["größe", "数", "имя", "क्षि", "ñ", "e\u0301", "\u03B1\u0345", "ⅷ", "a\u200Db", "İ", "ı", "ﬁ"];

    public static IEnumerable<Shape> All() =>
    [
        new("parameter names", $"public class A {{ [T] public string M({Parameters([.. Emitted, .. Keywords, .. Unicode])}) => \"\"; }}", 1),
        new("parameter names of an accessor", $"public class A {{ [T] private string M({Parameters([.. Emitted, .. Keywords, .. Unicode])}) => \"\"; }}", 1),
        new("parameter names of a fallback", $"public class A<X> {{ [T] private string M({Parameters([.. Emitted, .. Keywords, .. Unicode])}) => \"\"; }}", 1),
        new("method names", Methods(Emitted.Where(n => n is not ("Equals" or "_")).Concat(Keywords).Concat(Unicode)), Emitted.Length - 2 + Keywords.Length + Unicode.Length),
        new("type names", string.Join('\n', Types().Select(n => $"public class {n} {{ [T] public string M({n} a) => \"\"; }}")), Types().Count()),
        new("record and member names", string.Join('\n', Types().Select(n => $"public record {n}(int V) {{ [SafePath(Root = \"w\"), Sensitive] public string P_{Plain(n)} {{ get; init; }} = \"\"; }}")) +
            $" public class T {{ [T] public string M({string.Join(", ", Types().Select((n, i) => $"{n} p{i}"))}) => \"\"; }}", 1),
        new("members named like rules", "public record A_Foo(string X); public record ObjectRules(A_Foo A_FooRule, [Sensitive] string Rule); public record Conceal(ObjectRules O); public class A { [T] public string FooRule(A_Foo FooRule, ObjectRules r, Conceal c) => \"\"; }", 1),
        new("class named like a field", "public class _A { [T] public string B(string A_B, string Type_A_B) => \"\"; } public class Type_A { [T] public string B(string A_B) => \"\"; }", 2),
        new("global namespace", "public class McpSecureGenX { [T] public string M(string a) => a; }", 1),
        new("namespace with keywords", "namespace @namespace.@class.größe { public class @new { public record @event(string @in); [T] public string @this(@event @ref, @class.größe.@new? @out = null) => \"\"; } }".Replace("@class.größe.@new?", "@namespace.@class.größe.@new?", StringComparison.Ordinal), 1),
        new("author's own generated namespace", "namespace McpSecureGen.Generated { public class System; public class McpSecureGen; public class PrimitivePolicy; public class A { [T] public string M(System s, McpSecureGen m) => \"\"; } }".Replace("[T]", "[global::ModelContextProtocol.Server.McpServerTool, global::McpSecureGen.RequiresCapability(\"read:files\")]", StringComparison.Ordinal), 1),
        new("namespaces that hide others", "namespace N { namespace System { public class String; } namespace McpSecureGen { public class X; } public class A { [global::ModelContextProtocol.Server.McpServerTool, global::McpSecureGen.RequiresCapability(\"read:files\")] public string M(System.String s, McpSecureGen.X x, string t) => \"\"; } }", 1),
        new("names that differ by case", "public class A { [T] public string M() => \"\"; [T] public string m() => \"\"; } public class a { [T] public string M() => \"\"; }", 3),
        new("very long names", $"public class {new string('A', 200)} {{ [T] public string {new string('B', 200)}(string {new string('c', 300)}) => \"\"; [T] public string {new string('B', 201)}() => \"\"; }}", 2),
    ];

    private static IEnumerable<string> Types() =>
        ["Rule", "ARule", "binding", "call", "value", "SetX", "Fill", "ObjectRules", "Policy", "Key", "Arguments", "_", "__", "_1", "A_B", "AB", "Attribute", "@class", "@object", "größe", "数", "क्षि", "Foo1", "Foo1_2"];

    private static string Plain(string name) => name.TrimStart('@');

    private static string Parameters(IEnumerable<string> names) => string.Join(", ", names.Select((name, i) => (i % 3) switch
    {
        0 => $"string {name}",
        1 => $"int? {name}",
        _ => $"List<string> {name}",
    }));

    private static string Methods(IEnumerable<string> names) => $"public class A {{ {string.Join("\n", names.Select(name => $"[T] public string {name}(string a) => a;"))} }}";
}
