using System.IO.Pipelines;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>
/// A server over a pipe of the author's own, made from the options of a container that knows no transport: the options pass through the guard of
/// the container and then through that of the pipe.
/// </summary>
public sealed class HandMadeTransportTests
{
    [Fact]
    public async Task Tools_and_completion_work_and_are_guarded()
    {
        using var security = new SecurityConfiguration();
        var toServer = new Pipe();
        var toClient = new Pipe();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(security.Build());
        services.AddMcpServer().WithTools<EchoTools>().WithPrompts<CompletedPrompts>();
        await using var provider = services.BuildServiceProvider();
        await using var server = McpServer.Create(
            new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()),
            provider.GetRequiredService<IOptions<McpServerOptions>>().Value,
            null,
            provider);
        using var stop = new CancellationTokenSource();
        var run = server.RunAsync(stop.Token);
        await using var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));

        Assert.Single(await Comparison.ToolsAsync(client));
        Assert.Contains("\"hi\"", await Comparison.CallAsync(client, "echo", """{"text":"hi"}"""), StringComparison.Ordinal);
        Assert.Contains("rule Type", await Comparison.CallAsync(client, "echo", """{"text":5}"""), StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpProtocolException>(async () => await client.CallToolAsync(new CallToolRequestParams { Name = "echo" }));
        var completed = await client.CompleteAsync(new CompleteRequestParams
        {
            Ref = new PromptReference { Name = "completed" },
            Argument = new Argument { Name = "word", Value = "b" },
            Meta = TestServer.Meta(Issuer.Token("read:files")),
        });
        Assert.Equal(["beta"], completed.Completion.Values);

        await client.DisposeAsync();
        await stop.CancelAsync();
        await Task.WhenAny(run);
    }
}
