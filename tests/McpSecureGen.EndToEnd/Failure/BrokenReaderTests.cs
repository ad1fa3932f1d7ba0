using System.Text.Json;
using System.Text.Json.Serialization;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Failure;

/// <summary>A converter of the author's that breaks while an argument is read: the call is refused, and on the record.</summary>
public sealed class BrokenReaderTests
{
    [Fact]
    public async Task A_converter_that_breaks_refuses_the_call_and_leaves_a_record()
    {
        Tools.Ran = 0;
        await using var server = await TestServer.StartAsync(static builder => builder.WithTools<Tools>());

        var broken = await server.CallAsync("take", """{"value":{"text":"break"}}""", Issuer.Token("read:files"));

        Assert.True(broken.IsError);
        Assert.Equal(0, Tools.Ran);
        var record = Assert.Single(server.Audit, static r => r.GetProperty("method").GetString() == "tools/call");
        Assert.Equal("refused", record.GetProperty("decision").GetString());
        Assert.Equal("check_failed", record.GetProperty("reason").GetString());

        Assert.Equal("good", TestServer.Text(await server.CallAsync("take", """{"value":{"text":"good"}}""", Issuer.Token("read:files"))));
        Assert.Equal(1, Tools.Ran);
    }

    internal sealed class Tools
    {
        public static int Ran;

        [McpServerTool, RequiresCapability("read:files")]
        public static string Take(Fragile value)
        {
            Ran++;
            return value.Text;
        }
    }

    [JsonConverter(typeof(FragileConverter))]
    internal sealed record Fragile(string Text);

    internal sealed class FragileConverter : JsonConverter<Fragile>
    {
        public override Fragile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var text = json.RootElement.GetProperty("text").GetString()!;
            return text == "break" ? throw new NullReferenceException("broken") : new Fragile(text);
        }

        public override void Write(Utf8JsonWriter writer, Fragile value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}
