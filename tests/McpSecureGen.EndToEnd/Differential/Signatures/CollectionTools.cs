using System.Collections.Immutable;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>Collections of scalars and of objects.</summary>
[RequiresCapability("read:files")]
internal static class CollectionTools
{
    [McpServerTool, Sample("""{"values":["a","b"]}"""), Sample("""{"values":[]}""")]
    [Refused("""{"values":["a",null]}""", "values[1]", "NotNull"), Refused("""{"values":[1]}""", "values", "Type"), Refused("""{"values":"a"}""", "values", "Type")]
    [Refused("""{"values":{"a":"b"}}""", "values", "Type")]
    public static string Texts(string[] values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":["a",null]}"""), Refused("""{"values":null}""", "values", "NotNull")]
    public static string NullableTexts(List<string?> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":[1,2]}"""), Refused("""{"values":["1"]}""", "values", "Type"), Refused("""{"values":[1.5]}""", "values", "Type")]
    [Refused("""{"values":[null]}""", "values", "Type"), Refused("""{"values":[2147483648]}""", "values", "Type")]
    public static string Numbers(List<int> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":[1.5]}"""), Refused("""{"values":[1e400]}""", "values", "Finite"), Refused("""{"values":["NaN"]}""", "values", "Type")]
    public static string Reals(double[] values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":["a"]}"""), Refused("""{"values":[null]}""", "values[0]", "NotNull")]
    public static string ReadOnlyTexts(IReadOnlyList<string> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":[1]}""")]
    public static string AnyList(IList<int> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":["a","b","a"]}"""), Refused("""{"values":["a",null]}""", "values[1]", "NotNull")]
    public static string Distinct(HashSet<string> values) => Effect.Of([values.Order().ToArray()]);

    [McpServerTool, Sample("""{"values":{"a":1,"b":2}}"""), Sample("""{"values":{}}""")]
    [Refused("""{"values":{"a":1,"a":2}}""", "values", "Duplicate"), Refused("""{"values":{"a":"1"}}""", "values", "Type")]
    public static string Table(Dictionary<string, int> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":{"a":"1"}}"""), Refused("""{"values":{"a":null}}""", "values[value]", "NotNull")]
    public static string ReadOnlyTable(IReadOnlyDictionary<string, string> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":[[1,2],[3]]}"""), Refused("""{"values":[[1,"2"]]}""", "values", "Type")]
    public static string Nested(int[][] values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":{"a":["x"]}}"""), Refused("""{"values":{"a":[null]}}""", "values[value][0]", "NotNull")]
    public static string TableOfLists(Dictionary<string, List<string>> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":[{"name":"n","size":1}]}"""), Refused("""{"values":[{"name":null,"size":1}]}""", "values", "Type")]
    [Refused("""{"values":[null]}""", "values[0]", "NotNull"), Refused("""{"values":[{"name":"n","size":1,"extra":2}]}""", "values", "Type")]
    public static string Items(List<Item> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":{"a":{"name":"n","size":1}}}"""), Refused("""{"values":{"a":{"name":"n"}}}""", "values", "Type")]
    public static string TableOfItems(Dictionary<string, Item> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":[null,"5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f"]}""")]
    public static string MaybeIdentifiers(Guid?[] values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":["a"]}"""), Refused("""{"values":[null]}""", "values[0]", "NotNull")]
    public static string Frozen(ImmutableArray<string> values) => Effect.Of([values.ToArray()]);
}
