using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using McpSecureGen.Hosting.Envelope;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Tests.Hosting;

/// <summary>What the SDK binds in any case is what the envelope wants in one: a new version of the SDK that binds more is noticed here.</summary>
public sealed class ProtocolMembersTests
{
    /// <summary>What a server sends and never reads.</summary>
    private static readonly string[] Outgoing = ["CreateMessageRequestParams", "ElicitRequestParams", "ListRootsRequestParams"];

    public static TheoryData<string, string> Bound
    {
        get
        {
            var paths = new TheoryData<string, string>();
            foreach (var type in typeof(RequestParams).Assembly.GetExportedTypes().Where(static type => !type.IsAbstract && !Outgoing.Contains(type.Name) &&
                (typeof(RequestParams).IsAssignableFrom(type) || typeof(NotificationParams).IsAssignableFrom(type))))
            {
                Walk(type, type.Name, ProtocolMembers.Params, paths, 0);
            }

            return paths;
        }
    }

    private static void Walk(Type type, string path, FrozenSet<string> known, TheoryData<string, string> paths, int depth)
    {
        if (depth > 3 || !McpJsonUtilities.DefaultOptions.TryGetTypeInfo(type, out var info))
        {
            return;
        }

        foreach (var property in info.Properties)
        {
            paths.Add(path, property.Name);
            if (ProtocolMembers.Below(known, property.Name) is { } below && ReferenceEquals(below, ProtocolMembers.Params))
            {
                Walk(property.PropertyType, $"{path}.{property.Name}", below, paths, depth + 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Bound))]
    public void Member_that_the_sdk_binds_is_known(string type, string member) =>
        Assert.True(ProtocolMembers.Params.TryGetValue(member, out var proper) && proper == member, $"{type}: {member}");

    [Fact]
    public void No_letter_beyond_ascii_is_bound_as_one_within()
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz/_ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (var c = 128; c <= char.MaxValue; c++)
        {
            Assert.DoesNotContain(Letters, letter => string.Equals(letter.ToString(), ((char)c).ToString(), StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("tools/call", "name")]
    [InlineData("tools/call", "arguments")]
    [InlineData("tools/call", "_meta")]
    [InlineData("resources/read", "uri")]
    [InlineData("tasks/get", "taskId")]
    public void Member_in_another_spelling_is_refused(string method, string member)
    {
        foreach (var other in (string[])[member.ToUpperInvariant(), char.ToUpperInvariant(member[^1]) is var last ? member[..^1] + last : ""])
        {
            var message = new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = 1,
                ["method"] = method,
                ["params"] = new JsonObject { ["name"] = "a", ["uri"] = "b" },
            };
            ((JsonObject)message["params"]!).Remove(member);
            message["params"]![other] = "x";
            Assert.False(RpcEnvelope.TryRead(Encoding.UTF8.GetBytes(message.ToJsonString()), out _, out var fault, out _));
            Assert.Equal("Case", fault.Rule);
        }
    }

    [Theory]
    [InlineData("""{"notifications":{"RESOURCESUBSCRIPTIONS":["vault://a"]}}""")]
    [InlineData("""{"capabilities":{"Elicitation":{}}}""")]
    [InlineData("""{"task":{"TTL":1}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/clientCapabilities":{"Elicitation":{}}}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/clientInfo":{"NAME":"x"}}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/ProtocolVersion":"x"}}""")]
    public void Member_below_params_in_another_spelling_is_refused(string parameters)
    {
        Assert.False(RpcEnvelope.TryRead(
            Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{{parameters}}}"""), out _, out var fault, out _));
        Assert.Equal("Case", fault.Rule);
    }

    [Theory]
    [InlineData("""{"notifications":{"resourceSubscriptions":["vault://a"]},"capabilities":{"elicitation":{"Form":{}},"experimental":{"Name":{"A":1}}}}""")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},"example.com/Name":{"NAME":1}}}""")]
    public void Members_as_the_protocol_spells_them_pass(string parameters)
    {
        Assert.True(RpcEnvelope.TryRead(
            Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"x","params":{{parameters}}}"""), out var envelope, out _, out _));
        envelope.Dispose();
    }
}
