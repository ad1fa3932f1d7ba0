using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd;

/// <summary>A method gets the request it asks for, without the token that came with it.</summary>
public sealed class WithheldTokenTests
{
    [Fact]
    public async Task A_tool_does_not_see_the_token_of_its_caller()
    {
        await using var server = await TestServer.StartAsync(static builder => builder.WithTools<Tools>());
        var meta = TestServer.Meta(Issuer.Token("read:files"));
        meta["example/note"] = "kept";

        var result = await server.Client.CallToolAsync(new CallToolRequestParams { Name = "show_request", Meta = meta });

        Assert.NotEqual(true, result.IsError);
        Assert.Contains("kept", TestServer.Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain(CallMetaCredential.MetaKey, TestServer.Text(result), StringComparison.Ordinal);
    }

    private sealed class Tools
    {
        [McpServerTool, RequiresCapability("read:files")]
        public static string ShowRequest(RequestContext<CallToolRequestParams> request) =>
            request.Params?.Meta?.ToJsonString() + request.JsonRpcRequest.Params?.ToJsonString();
    }
}
