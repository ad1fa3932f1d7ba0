using System.Text.Json;
using McpSecureGen.EndToEnd.Differential.Signatures;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Strictness;

/// <summary>The bounds on every argument, whatever its own attributes say.</summary>
public sealed class LimitTests
{
    private static readonly Dictionary<string, string?> Limits = new()
    {
        ["McpSecurity:Limits:MaxStringLength"] = "10",
        ["McpSecurity:Limits:MaxItems"] = "3",
        ["McpSecurity:Limits:MaxDepth"] = "3",
        ["McpSecurity:Limits:MaxArgumentBytes"] = "100",
    };

    [Theory]
    [InlineData("limited_text", """{"value":"0123456789"}""", """{"value":"01234567890"}""", "value", "MaxLength")]
    [InlineData("limited_texts", """{"value":["0123456789"]}""", """{"value":["01234567890"]}""", "value[0]", "MaxLength")]
    [InlineData("limited_texts", """{"value":["","",""]}""", """{"value":["","","",""]}""", "value", "MaxLength")]
    [InlineData("limited_table", """{"value":{"a":1,"b":2,"c":3}}""", """{"value":{"a":1,"b":2,"c":3,"d":4}}""", "value", "MaxLength")]
    [InlineData("limited_table", """{"value":{"0123456789":1}}""", """{"value":{"01234567890":1}}""", "value[key]", "MaxLength")]
    [InlineData("limited_item", """{"value":{"name":"0123456789","size":1}}""", """{"value":{"name":"01234567890","size":1}}""", "value.name", "MaxLength")]
    [InlineData("limited_json", """{"value":[[[1]]]}""", """{"value":[[[[1]]]]}""", "value", "Depth")]
    [InlineData("limited_json", """{"value":[1]}""", """{"value":["0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"]}""", "arguments", "Size")]
    public async Task What_is_too_long_too_many_too_deep_or_too_large_is_refused(string tool, string good, string bad, string parameter, string rule)
    {
        await using var server = await RawServer.StartAsync(
            static builder => builder.WithTools<LimitedTools>(), settings: static s => { foreach (var (key, value) in Limits) { s[key] = value; } });
        var benign = await server.CallAsync(tool, good);
        Assert.False(benign.GetProperty("result").TryGetProperty("isError", out var e) && e.GetBoolean(), benign.ToString());
        server.NewAudit();

        var refused = (await server.CallAsync(tool, bad)).GetProperty("result");

        Assert.True(refused.GetProperty("isError").GetBoolean());
        var text = refused.GetProperty("content")[0].GetProperty("text").GetString()!;
        Assert.StartsWith($"Invalid argument '{parameter}'", text, StringComparison.Ordinal);
        Assert.EndsWith($"(rule {rule}).", text, StringComparison.Ordinal);
        Assert.Equal("refused", Assert.Single(server.NewAudit()).GetProperty("decision").GetString());
    }
}

[RequiresCapability("read:files")]
internal sealed class LimitedTools
{
    [McpServerTool]
    public static string LimitedText(string value) => Effect.Of([value]);

    [McpServerTool]
    public static string LimitedTexts(string[] value) => Effect.Of([value]);

    [McpServerTool]
    public static string LimitedTable(Dictionary<string, int> value) => Effect.Of([value]);

    [McpServerTool]
    public static string LimitedItem(Item value) => Effect.Of([value]);

    [McpServerTool]
    public static string LimitedJson(JsonElement value) => Effect.Of([value]);
}
