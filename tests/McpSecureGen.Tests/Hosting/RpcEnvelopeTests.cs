using System.Text;
using McpSecureGen.Hosting.Envelope;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Tests.Hosting;

public sealed class RpcEnvelopeTests
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
    public void Message_of_the_protocol_is_read(string message) => Assert.Null(Fault(message));

    [Theory]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}]""", "Batch")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"a"}}""", "Duplicate")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}""", "Duplicate")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"x":1,"x":2}}}""", "Duplicate")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","na\u006de":"b"}}""", "Duplicate")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"NAME":"a"}}""", "Case")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","Arguments":{}}}""", "Case")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","_Meta":{}}}""", "Case")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/prompt","Name":"p"},"argument":{"name":"a","value":""}}}""", "Case")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"Method":"tools/call","params":{"name":"a"}}""", "Case")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","Params":{"name":"a"}}""", "Case")]
    [InlineData("""{"JSONRPC":"2.0","id":1,"method":"ping"}""", "Case")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", "Version")]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""", "Version")]
    [InlineData("""{"id":1,"method":"ping"}""", "Version")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", "Id")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", "Id")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", "Id")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", "Method")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", "Kind")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}""", "Method")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}""", "Params")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud83d"}}""", "Text")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"\udc00":1}}}""", "Text")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} {}""", "Json")]
    [InlineData("\"text\"", "Batch")]
    [InlineData("", "Json")]
    [InlineData("{", "Json")]
    public void Message_that_two_readers_could_read_differently_is_refused(string message, string rule) => Assert.Equal(rule, Fault(message)?.Rule);

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":"seven","Method":"ping"}""", "seven")]
    [InlineData("""{"jsonrpc":"2.0","id":"seven","method":"ping","method":"tools/call"}""", "seven")]
    [InlineData("""{"jsonrpc":"2.0","id":"seven","id":"eight","method":"ping"}""", null)]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"ping"}]""", null)]
    public void Refused_message_keeps_its_id(string message, string? id)
    {
        Assert.False(RpcEnvelope.TryRead(Encoding.UTF8.GetBytes(message), out _, out _, out var kept));
        Assert.Equal(id is null ? default : new RequestId(id), kept);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Null(Fault(Nested(60)));
        Assert.Equal("Depth", Fault(Nested(70))?.Rule);

        static string Nested(int levels) =>
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{{{new string('[', levels)}}}{{{new string(']', levels)}}}}}""";
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] message = [.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping"u8, 0xC0, 0x80, .. "\"}"u8];
        Assert.False(RpcEnvelope.TryRead(message, out _, out var fault, out _));
        Assert.Equal(-32700, (int)fault.Code);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}""", "tools/call", "read")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"note://1"}}""", "resources/read", "note://1")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", "tools/list", null)]
    public void Operation_is_told(string message, string method, string? target)
    {
        Assert.True(RpcEnvelope.TryRead(Encoding.UTF8.GetBytes(message), out var envelope, out _, out _));
        using (envelope)
        {
            Assert.Equal((method, target), (envelope.Method, envelope.Target));
        }
    }

    private static EnvelopeFault? Fault(string message)
    {
        if (RpcEnvelope.TryRead(Encoding.UTF8.GetBytes(message), out var envelope, out var fault, out _))
        {
            envelope.Dispose();
        }

        return fault;
    }
}
