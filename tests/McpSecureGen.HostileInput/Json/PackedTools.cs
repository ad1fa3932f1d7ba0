using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using McpSecureGen.HostileInput.Json.Support;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Json;

#pragma warning disable MCPSEC2001, MCPSEC2003 // Attributes beside JsonString are about the value inside.

public sealed record PackedRequest([property: JsonString(typeof(Part[]))] string Parts, string? Note = null);

public sealed record Login(string User, [property: Sensitive] string Password);

/// <summary>JSON packed into text, as in many real servers: a list of paths, an order, a filter.</summary>
[RequiresCapability("read:files")]
internal static class PackedTools
{
    [McpServerTool] public static string PackedPaths([JsonString(typeof(string[])), SafePath(Root = "ws"), MaxLength(3)] string value) => Read(value, nameof(PackedPaths));

    [McpServerTool] public static string PackedPathsOrNone([JsonString(typeof(List<string>)), SafePath(Root = "ws")] string? value = null) => Ran.Note(value);

    [McpServerTool] public static string PackedDefault([JsonString(typeof(string[])), SafePath(Root = "ws")] string value = "[\"a/../b\"]") => Ran.Note(value);

    [McpServerTool] public static string PackedEmptyDefault([JsonString(typeof(string[])), SafePath(Root = "ws")] string value = "") => Ran.Note(value);

    [McpServerTool] public static string PackedPart([JsonString(typeof(Part))] string value) => Ran.Note(value);

    [McpServerTool] public static string PackedMember(PackedRequest value) => Ran.Note(value.Parts);

    [McpServerTool] public static string PackedEach([JsonString(typeof(Part))] string[] value) => Ran.Note(string.Join('|', value));

    [McpServerTool] public static string PackedTable([JsonString(typeof(Dictionary<string, int>))] string value) => Ran.Note(value);

    [McpServerTool] public static string PackedAny([JsonString(typeof(JsonElement), MaxLength = 2_000_000)] string value) => Ran.Note(value);

    [McpServerTool] public static string PackedNumber([JsonString(typeof(int)), Range(1, 5)] string value) => Ran.Note(value);

    [McpServerTool] public static string PackedThing([JsonString(typeof(Thing))] string value) => Ran.Note(value);

    [McpServerTool] public static string PackedTree([JsonString(typeof(Branch))] string value) => Ran.Note(value);

    [McpServerTool]
    public static string PackedSecret([JsonString(typeof(Login))] string value)
    {
        Ran.Note("-");
        throw new InvalidOperationException("failed for " + JsonElement.Parse(value).GetProperty("password").GetString());
    }

    [McpServerTool]
    public static string PackedAllSecret([Sensitive, JsonString(typeof(string[])), MaxLength(1)] string value)
    {
        Ran.Note("-");
        throw new InvalidOperationException("failed for " + JsonElement.Parse(value)[0].GetString());
    }

    [McpServerTool] public static string AnyJson(JsonElement value) => Ran.Note(value.GetRawText());

    private static string Read(string value, string method)
    {
        Ran.Note(value, method);
        return string.Join(',', JsonElement.Parse(value).EnumerateArray().Select(static path => File.Exists(path.GetString()) ? File.ReadAllText(path.GetString()!) : "-"));
    }
}

/// <summary>Text of prompts and of URIs.</summary>
[RequiresCapability("read:files")]
internal static class PackedPrompts
{
    [McpServerPrompt] public static string PackedPrompt([JsonString(typeof(Part))] string value) => Ran.Note(value);

    [McpServerPrompt] public static string PlainPrompt(string value) => Ran.Note(value);

    [McpServerResource(UriTemplate = "packed://{value}")] public static string PackedResource([JsonString(typeof(int[]))] string value) => Ran.Note(value);

    [McpServerResource(UriTemplate = "plain://{value}")] public static string PlainResource(string value) => Ran.Note(value);
}
