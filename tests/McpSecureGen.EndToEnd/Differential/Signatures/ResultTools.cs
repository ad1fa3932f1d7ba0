using System.ComponentModel;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>Results of every kind.</summary>
[RequiresCapability("read:files")]
internal static class ResultTools
{
    [McpServerTool, Sample("{}")]
    public static string? ReturnsNull() => null;

    [McpServerTool, Sample("{}")]
    public static object ReturnsObject() => new Item("n", 1);

    [McpServerTool, Sample("{}")]
    public static object? ReturnsNullObject() => null;

    [McpServerTool, Sample("{}")]
    public static object ReturnsBoxedText() => "text";

    [McpServerTool, Sample("{}")]
    public static Mutable ReturnsDto() => new() { Name = "n", Number = 2 };

    [McpServerTool, Sample("{}")]
    public static Item ReturnsRecord() => new("n", 1);

    [McpServerTool, Sample("{}")]
    public static Shape ReturnsDerived() => new Circle("c", 2);

    [McpServerTool, Sample("{}")]
    public static List<string> ReturnsList() => ["a", "b"];

    [McpServerTool, Sample("{}")]
    public static IEnumerable<int> ReturnsSequence()
    {
        yield return 1;
        yield return 2;
    }

    [McpServerTool, Sample("{}")]
    public static int ReturnsInt() => 5;

    [McpServerTool, Sample("{}")]
    public static bool ReturnsBool() => true;

    [McpServerTool, Sample("{}")]
    public static double ReturnsReal() => 1.5;

    [McpServerTool, Sample("{}")]
    public static Colour ReturnsEnum() => Colour.Green;

    [McpServerTool, Sample("{}")]
    public static Colour? ReturnsMaybeEnum() => Colour.Green;

    [McpServerTool, Sample("{}")]
    public static byte[] ReturnsBytes() => [1, 2, 3];

    [McpServerTool, Sample("{}")]
    public static async Task ReturnsTask() => await Task.Yield();

    [McpServerTool, Sample("{}")]
    public static async Task<Item> ReturnsTaskOf()
    {
        await Task.Yield();
        return new Item("n", 1);
    }

    [McpServerTool, Sample("{}")]
    public static ValueTask ReturnsValueTask() => ValueTask.CompletedTask;

    [McpServerTool, Sample("{}")]
    public static ValueTask<int> ReturnsValueTaskOf() => new(7);

    [McpServerTool, Sample("{}")]
    public static void ReturnsNothing()
    {
    }

    [McpServerTool, Sample("{}")]
    public static ContentBlock ReturnsBlock() => new TextContentBlock { Text = "t" };

    [McpServerTool, Sample("{}")]
    public static IEnumerable<ContentBlock> ReturnsBlocks() => [new TextContentBlock { Text = "t" }, new TextContentBlock { Text = "u" }];

    [McpServerTool, Sample("{}")]
    public static TextContentBlock[] ReturnsTextBlocks() => [new TextContentBlock { Text = "t" }];

    [McpServerTool, Sample("{}")]
    public static CallToolResult ReturnsResult() => new() { Content = [new TextContentBlock { Text = "t" }], IsError = true };

    [McpServerTool, Sample("{}")]
    public static AIContent ReturnsContent() => new TextContent("t");

    [McpServerTool, Sample("{}")]
    public static AIContent ReturnsErrorContent() => new ErrorContent("bad");

    [McpServerTool, Sample("{}")]
    public static AIContent ReturnsImage() => new DataContent(new byte[] { 1, 2 }, "image/png");

    [McpServerTool, Sample("{}")]
    public static IEnumerable<AIContent> ReturnsContents() => [new TextContent("t"), new ErrorContent("e")];

    [McpServerTool, Sample("{}")]
    public static IEnumerable<AIContent> ReturnsErrors() => [new ErrorContent("d"), new ErrorContent("e")];

    [McpServerTool, Sample("{}")]
    public static IEnumerable<AIContent> ReturnsNoContents() => [];

    [McpServerTool, Sample("{}"), Description("Described")]
    [return: Description("The result's description.")]
    public static string ReturnsDescribed() => "d";
}

/// <summary>Results with structured content.</summary>
[RequiresCapability("read:files")]
internal static class StructuredTools
{
    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static Item StructuredObject() => new("n", 1);

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static int[] StructuredArray() => [1, 2];

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static string StructuredText() => "t";

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static int StructuredNumber() => 4;

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static Colour StructuredEnum() => Colour.Blue;

    [McpServerTool(UseStructuredContent = true), Sample("""{"present":true}"""), Sample("""{"present":false}""")]
    public static Item? StructuredMaybe(bool present) => present ? new("n", 1) : null;

    [McpServerTool(UseStructuredContent = true), Sample("""{"present":true}"""), Sample("""{"present":false}""")]
    public static int? StructuredMaybeNumber(bool present) => present ? 1 : null;

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static async Task<List<Item>> StructuredTask()
    {
        await Task.Yield();
        return [new Item("n", 1)];
    }

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static Tree StructuredRecursive() => new("a", [new Tree("b")]);

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static List<Tree> StructuredRecursiveList() => [new("a", [new Tree("b")])];

    [McpServerTool(UseStructuredContent = true, OutputSchemaType = typeof(Item)), Sample("{}")]
    public static CallToolResult StructuredByHand() => new() { Content = [], StructuredContent = System.Text.Json.JsonElement.Parse("""{"name":"n","size":1}""") };

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static Dictionary<string, int> StructuredTable() => new() { ["a"] = 1 };

    [McpServerTool(UseStructuredContent = true), Sample("{}")]
    public static void StructuredNothing()
    {
    }
}
