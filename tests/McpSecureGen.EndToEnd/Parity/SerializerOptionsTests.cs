using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.SdkAlone;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>Serializer options given at registration decide names in schema, arguments and result, as by the SDK alone.</summary>
public sealed class SerializerOptionsTests
{
    private static JsonSerializerOptions Snake { get; } = MakeOptions();

    [Theory]
    [InlineData("""{"value":{"first_name":"n","years_old":5,"favourite":"dark_blue"}}""")]
    public async Task Names_follow_the_options(string arguments)
    {
        await using var secured = await TestServer.StartAsync(static b => b.WithTools<SnakeTools>(Snake));
        await using var alone = await StartAloneAsync();

        var expected = Assert.Single(await Comparison.ToolsAsync(alone.Client));
        var listed = Assert.Single(await Comparison.ToolsAsync(secured.Client));
        Assert.Equal(expected.ToJsonString(), Comparison.Loosened(listed, expected).ToJsonString());
        var answer = await Comparison.CallAsync(alone.Client, "rename", arguments);
        Assert.Contains("first_name", answer, StringComparison.Ordinal);
        Assert.Equal(answer, await Comparison.CallAsync(secured.Client, "rename", arguments));
    }

    [Theory]
    [InlineData("""{"value":{"firstName":"n","years_old":5,"favourite":"dark_blue"}}""", "Type")]
    [InlineData("""{"value":{"first_name":"n","years_old":5,"favourite":"DarkBlue"}}""", "Type")]
    [InlineData("""{"value":{"first_name":"n","years_old":500,"favourite":"dark_blue"}}""", "Range")]
    public async Task Other_names_and_bad_values_are_refused(string arguments, string rule)
    {
        await using var secured = await TestServer.StartAsync(static b => b.WithTools<SnakeTools>(Snake));

        var result = await secured.CallAsync("rename", arguments, Issuer.Token("read:files"));

        Assert.True(result.IsError);
        Assert.EndsWith($"(rule {rule}).", TestServer.Text(result), StringComparison.Ordinal);
    }

    private static Task<UnsecuredServer> StartAloneAsync() => UnsecuredServer.StartAsync([], services: static services => services.AddSingleton(static provider =>
        SdkPrimitives.Tool(typeof(SnakeTools).GetMethod(nameof(SnakeTools.Rename))!, provider, options: Snake)));

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        options.Converters.Insert(0, new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly();
        return options;
    }
}

public enum Shade
{
    LightRed,
    DarkBlue,
}

public sealed record Person(string FirstName, [property: Range(0, 150)] int YearsOld, Shade Favourite);

[RequiresCapability("read:files")]
public sealed class SnakeTools
{
    [McpServerTool]
    public static Person Rename(Person value) => value;
}
