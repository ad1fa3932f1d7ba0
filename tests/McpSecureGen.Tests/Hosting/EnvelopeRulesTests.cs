using System.Text;
using McpSecureGen.Hosting.Envelope;

namespace McpSecureGen.Tests.Hosting;

public sealed class EnvelopeRulesTests
{
    private static string? Rule(string json) => Rule(Encoding.UTF8.GetBytes(json));

    private static string? Rule(byte[] json)
    {
        var isRead = RpcEnvelope.TryRead(json, out var envelope, out var fault, out _);
        using (envelope)
        {
            Assert.Equal(isRead, fault is null);
            return fault?.Rule;
        }
    }

    [Theory]
    [InlineData("tools/call", """{"name":"x"}""", "x")]
    [InlineData("prompts/get", """{"name":"x"}""", "x")]
    [InlineData("resources/read", """{"uri":"a:b"}""", "a:b")]
    [InlineData("resources/subscribe", """{"uri":"a:b"}""", "a:b")]
    [InlineData("resources/unsubscribe", """{"uri":"a:b"}""", "a:b")]
    [InlineData("tools/list", """{"name":"x"}""", null)]
    public void Target_is_what_the_method_asks_for(string method, string parameters, string? target)
    {
        Assert.True(RpcEnvelope.TryRead(
            Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":3,"method":"{{method}}","params":{{parameters}} }"""), out var envelope, out _, out var id));
        using (envelope)
        {
            Assert.Equal((method, target), (envelope.Method, envelope.Target));
            Assert.Equal("3", id.ToString());
        }
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":null}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":"a","result":{"action":"accept","content":{"Name":"x","URI":"y"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"a":1,"A":2,"Name":3}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"x","params":{"caf\u00e9 au lait":1}}""")]
    public void Sound_message_is_read(string json) => Assert.Null(Rule(json));

    [Theory]
    [InlineData("jsonrpc", "JSONRPC")]
    [InlineData("id", "ID")]
    [InlineData("id", "\\u0130d")]
    [InlineData("params", "Params")]
    [InlineData("method", "metho\\u0064 ")]
    public void Second_spelling_of_an_envelope_member_is_refused_or_another_name(string member, string spelling)
    {
        var isOther = spelling.EndsWith(' ');

        Assert.Equal(isOther ? null : "Case", Rule($$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{},"{{spelling}}":1}"""));
        Assert.NotEqual(member, spelling);
    }

    [Theory]
    [InlineData("""{"\u212aey":1}""", null)]
    [InlineData("""{"na\u017fe":1,"x":2}""", "Case")]
    [InlineData("""{"_meta":{"ProgressToken":1}}""", "Case")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/ProtocolVersion":1}}""", "Case")]
    [InlineData("""{"_meta":{"Title":1}}""", null)]
    [InlineData("""{"ref":{"TYPE":"ref/prompt"}}""", "Case")]
    [InlineData("""{"argument":{"Value":""}}""", "Case")]
    [InlineData("""{"clientInfo":{"Name":""}}""", "Case")]
    [InlineData("""{"capabilities":{"experimental":{"Name":{}}}}""", null)]
    [InlineData("""{"capabilities":{"a":1,"A":1}}""", "Case")]
    [InlineData("""{"x":[[{"a":1,"A":1}]]}""", "Case")]
    public void Names_are_compared_where_they_decide(string parameters, string? rule)
    {
        // The Kelvin sign and the long s fold to letters of ASCII in some readers.
        Assert.Equal(rule ?? (parameters.Contains("212a", StringComparison.Ordinal) ? "Case" : null), Rule($$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{{parameters}} }"""));
    }

    [Fact]
    public void Depth_is_bounded_from_both_sides()
    {
        static string Nested(int depth) => $$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{"y":{{new string('[', depth)}}{{new string(']', depth)}} } }""";

        Assert.Null(Rule(Nested(RpcEnvelope.MaxDepth - 2)));
        Assert.Equal("Depth", Rule(Nested(RpcEnvelope.MaxDepth - 1)));
        Assert.Equal("Json", Rule(Nested(100_000)));
    }

    [Fact]
    public void Id_of_a_message_that_is_refused_is_kept_where_it_is_one()
    {
        RpcEnvelope.TryRead("""{"jsonrpc":"2.0","id":5,"method":"tools/call"}"""u8.ToArray(), out _, out var fault, out var id);
        Assert.Equal(("Params", "5"), (fault!.Rule, id.ToString()));

        RpcEnvelope.TryRead("""{"jsonrpc":"2.0","id":"\ud800","method":"tools/call"}"""u8.ToArray(), out _, out fault, out id);
        Assert.Equal("Text", fault!.Rule);
        Assert.Null(id.Id);
    }
}
