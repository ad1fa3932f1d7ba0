using System.Text;
using McpSecureGen.Hosting.Envelope;

namespace McpSecureGen.Tests.Hosting;

public sealed class JsonRpcEnvelopeTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"NAME":1,"Name":2,"name":3}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"x","method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"my/method","params":{"Query":"q","query2":"r"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud83d\ude00 pair","arguments":{"text":"\u0000 and \\ud83d"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","name":"p"},"argument":{"name":"a","value":"V"}}}""")]
    public void Message_of_the_protocol_is_read(string message) => Assert.Null(Read(message).Problem);

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}]""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"a"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":1,"x":2}}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","na\u006de":"b"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"NAME":"a"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","Arguments":{}}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","_Meta":{}}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","Name":"p"},"argument":{"name":"a","value":""}}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"Method":"tools/call","params":{"name":"a"}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","Params":{"name":"a"}}""", -32600)]
    [InlineData("""{"JSONRPC":"2.0","id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud83d"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"\udc00":1}}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} {}""", -32700)]
    [InlineData("\"text\"", -32600)]
    [InlineData("", -32700)]
    [InlineData("{", -32700)]
    public void Message_that_two_readers_could_read_differently_is_refused(string message, int code) => Assert.Equal(code, Read(message).Problem?.Code);

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"ping","method":"tools/call"}""", "7")]
    [InlineData("""{"jsonrpc":"2.0","id":"seven","Method":"ping"}""", "\"seven\"")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"id":8,"method":"ping"}""", null)]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"ping"}]""", null)]
    public void Refused_message_keeps_its_one_id(string message, string? id)
    {
        var reading = Read(message);
        Assert.NotNull(reading.Problem);
        Assert.Equal(id, reading.HasId ? reading.Id.GetRawText() : null);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Null(Read(Nested(60)).Problem);
        Assert.Equal(-32700, Read(Nested(70)).Problem?.Code);

        static string Nested(int levels) =>
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{{{new string('[', levels)}}}{{{new string(']', levels)}}}}}""";
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] message = [.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping"u8, 0xC0, 0x80, .. "\"}"u8];
        Assert.Equal(-32700, JsonRpcEnvelope.Read(message).Problem?.Code);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}""", "tools/call", "read")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"note://1"}}""", "resources/read", "note://1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", "tools/list", null)]
    public void Operation_is_told(string message, string method, string? name)
    {
        var reading = Read(message);
        Assert.Equal((method, name), (reading.Method, reading.Name));
    }

    private static EnvelopeReading Read(string message) => JsonRpcEnvelope.Read(Encoding.UTF8.GetBytes(message));
}
