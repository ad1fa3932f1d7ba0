using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.SdkAlone;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>Where a secured tool is not as by the SDK alone on input that the SDK accepts, and should not be.</summary>
public sealed class IntendedDifferenceTests
{
    /// <summary>The SDK looks for the type before it looks for the key. The author asked for the key.</summary>
    [Fact]
    public async Task A_service_with_a_key_is_the_one_with_the_key_also_when_there_is_one_without()
    {
        static void Add(IServiceCollection services) => services.AddSingleton(new Stamp("none")).AddKeyedSingleton("red", new Stamp("red"));
        await using var secured = await TestServer.StartAsync(static b => b.WithTools<KeyedTools>(), Add);
        await using var alone = await UnsecuredServer.StartAsync([typeof(KeyedTools).GetMethod(nameof(KeyedTools.MarkOf))!], services: Add);

        Assert.Equal("red", TestServer.Text(await secured.CallAsync("mark_of", token: Issuer.Token("read:files"))));
        Assert.Equal("none", TestServer.Text(await alone.Client.CallToolAsync(new CallToolRequestParams { Name = "mark_of" })));
    }

    /// <summary>An order with <c>{"Name":"a","name":"b"}</c> has two readings; the SDK takes either spelling, a secured tool the one of the schema.</summary>
    [Theory]
    [InlineData("""{"value":{"NAME":"n","size":1}}""")]
    [InlineData("""{"value":{"name":"n","size":"1"}}""")]
    [InlineData("""{"value":{"name":"n","size":1,"other":1}}""")]
    [InlineData("""{"value":{"name":"n","size":1},"other":1}""")]
    [InlineData("""{"value":{"name":null,"size":1}}""")]
    public async Task What_the_schema_does_not_promise_is_taken_by_the_SDK_alone_and_refused_here(string arguments)
    {
        await using var secured = await TestServer.StartAsync(static b => b.WithTools<KeyedTools>(), static s => s.AddKeyedSingleton("red", new Stamp("red")));
        await using var alone = await UnsecuredServer.StartAsync([typeof(KeyedTools).GetMethod(nameof(KeyedTools.Take))!]);

        Assert.NotEqual(true, (await alone.Client.CallToolAsync("take", System.Text.Json.JsonElement.Parse(arguments)
            .EnumerateObject().ToDictionary(static p => p.Name, static p => (object?)p.Value))).IsError);
        Assert.True((await secured.CallAsync("take", arguments, Issuer.Token("read:files"))).IsError);
    }
}

[RequiresCapability("read:files")]
public sealed class KeyedTools
{
    [McpServerTool]
    public static string MarkOf([FromKeyedServices("red")] Stamp stamp) => stamp.Mark;

    [McpServerTool]
    public static string Take(Item value) => value.Name + value.Size;
}
