using McpSecureGen.EndToEnd.Differential.Signatures;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Strictness;

public sealed record PathRecord([SafePath(Root = "ws")] string File, string Note);

public sealed record PathProperty([property: SafePath(Root = "ws")] string File);

public sealed class PathInit
{
    [SafePath(Root = "ws")]
    public required string File { get; init; }
}

public sealed class PathSetter
{
    [SafePath(Root = "ws")]
    public string? File { get; set; }
}

public sealed class PathGetOnly(string file)
{
    [SafePath(Root = "ws")]
    public string File { get; } = file;
}

public readonly record struct PathStruct([property: SafePath(Root = "ws")] string File);

public sealed class PathList
{
    [SafePath(Root = "ws")]
    public List<string> Files { get; init; } = [];

    public List<PathRecord> Records { get; init; } = [];

    public PathStruct Value { get; init; }
}

/// <summary>Confined paths wherever a text can stand.</summary>
[RequiresCapability("read:files")]
internal static class PathTools
{
    [McpServerTool, Sample("""{"value":"a/../PATH"}"""), Refused("""{"value":"../PATH"}""", "value", "SafePath")]
    public static string OnePath([SafePath(Root = "ws")] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"a/../PATH"}"""), Refused("""{"value":"../PATH"}""", "value", "SafePath")]
    public static string MaybePath([SafePath(Root = "ws")] string? value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":["a/../PATH","PATH"]}"""), Refused("""{"value":["PATH","../PATH"]}""", "value[1]", "SafePath")]
    public static string PathArray([SafePath(Root = "ws")] string[] value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":["a/../PATH"]}"""), Refused("""{"value":["../PATH"]}""", "value[0]", "SafePath")]
    public static string PathsInList([SafePath(Root = "ws")] List<string> value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":["a/../PATH"]}"""), Refused("""{"value":["../PATH"]}""", "value[0]", "SafePath")]
    public static string PathsReadOnly([SafePath(Root = "ws")] IReadOnlyList<string> value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"k":"a/../PATH"}}"""), Refused("""{"value":{"k":"../PATH"}}""", "value[value]", "SafePath")]
    public static string PathValues([SafePath(Root = "ws")] Dictionary<string, string> value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"k":["a/../PATH"]}}"""), Refused("""{"value":{"k":["../PATH"]}}""", "value[value][0]", "SafePath")]
    public static string PathListsByName([SafePath(Root = "ws")] Dictionary<string, List<string>> value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"file":"a/../PATH","note":"n"}}"""), Refused("""{"value":{"file":"../PATH","note":"n"}}""", "value.file", "SafePath")]
    public static string PathInRecord(PathRecord value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"file":"a/../PATH"}}"""), Refused("""{"value":{"file":"../PATH"}}""", "value.file", "SafePath")]
    public static string PathInRecordProperty(PathProperty value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"file":"a/../PATH"}}"""), Refused("""{"value":{"file":"../PATH"}}""", "value.file", "SafePath")]
    public static string PathInInit(PathInit value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"file":"a/../PATH"}}"""), Refused("""{"value":{"file":"../PATH"}}""", "value.file", "SafePath")]
    public static string PathInSetter(PathSetter value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"file":"a/../PATH"}}"""), Refused("""{"value":{"file":"../PATH"}}""", "value.file", "SafePath")]
    public static string PathInGetOnly(PathGetOnly value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"file":"a/../PATH"}}"""), Refused("""{"value":{"file":"../PATH"}}""", "value.file", "SafePath")]
    public static string PathInStruct(PathStruct value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":[{"file":"a/../PATH"}]}"""), Refused("""{"value":[{"file":"../PATH"}]}""", "value[0].file", "SafePath")]
    public static string PathInStructs(PathStruct[] value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"files":["a/../PATH"],"records":[{"file":"a/../PATH","note":"n"}],"value":{"file":"a/../PATH"}}}""")]
    [Refused("""{"value":{"files":["../PATH"],"records":[],"value":{"file":"PATH"}}}""", "value.files[0]", "SafePath")]
    [Refused("""{"value":{"files":[],"records":[{"file":"../PATH","note":"n"}],"value":{"file":"PATH"}}}""", "value.records[0].file", "SafePath")]
    [Refused("""{"value":{"files":[],"records":[],"value":{"file":"../PATH"}}}""", "value.value.file", "SafePath")]
    public static string PathsNested(PathList value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"line"}"""), Refused("""{"value":"a\nb"}""", "value", "SafeText"), Refused("""{"value":"a\u202eb"}""", "value", "SafeText")]
    public static string OneLine([SafeText] string value) => Effect.Of([value]);
}

/// <summary>Confined variables of templates: <c>PATH</c> stands for the file.</summary>
[RequiresCapability("read:files")]
internal static class PathResources
{
    [McpServerResource(UriTemplate = "simple://{value}"), Sample("simple://PATH"), Sample("simple://a%2F..%2FPATH")]
    [Refused("simple://..%2FPATH", "value", "SafePath"), Refused("simple://%2e%2e%2FPATH", "value", "SafePath"), Refused("simple://..%5CPATH", "value", "SafePath")]
    [Refused("simple://%2Fetc%2Fpasswd", "value", "SafePath"), Refused("simple://%252e%252e%252FPATH", "value", "SafePath"), Refused("simple://a%00b", "value", "SafePath")]
    public static string Simple([SafePath(Root = "ws")] string value) => Effect.Of([value]);

    [McpServerResource(UriTemplate = "reserved://{+value}"), Sample("reserved://PATH"), Sample("reserved://a/../PATH")]
    [Refused("reserved://../PATH", "value", "SafePath"), Refused("reserved://..%2FPATH", "value", "SafePath"), Refused("reserved:///etc/passwd", "value", "SafePath")]
    [Refused("reserved://a/%2e%2e/%2e%2e/PATH", "value", "SafePath"), Refused("reserved://%252e%252e/PATH", "value", "SafePath")]
    public static string Reserved([SafePath(Root = "ws")] string value) => Effect.Of([value]);

    [McpServerResource(UriTemplate = "asked://q{?value}"), Sample("asked://q?value=PATH"), Sample("asked://q?value=a%2F..%2FPATH")]
    [Refused("asked://q?value=..%2FPATH", "value", "SafePath"), Refused("asked://q?value=%2e%2e%5cPATH", "value", "SafePath")]
    [Refused("asked://q?value=%252e%252e%252FPATH", "value", "SafePath")]
    public static string Asked([SafePath(Root = "ws")] string value) => Effect.Of([value]);

    [McpServerResource(UriTemplate = "plain://{+value}"), Sample("plain://a%252Fb")]
    public static string PlainVariable(string value) => Effect.Of([value]);
}
