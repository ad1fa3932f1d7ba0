using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>Tests that set variables of this process run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessEnvironment
{
    public const string Name = "Process environment";
}

/// <summary>A token of the process speaks for the one who started it, and never for those who call over the network.</summary>
[Collection(ProcessEnvironment.Name)]
public sealed class HttpEnvironmentTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-env-");

    public HttpEnvironmentTests()
    {
        var file = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(file, Issuer.Token("read:files", subject: "file"));
        Environment.SetEnvironmentVariable("MCP_ACCESS_TOKEN", Issuer.Token("read:files", subject: "environment"));
        Environment.SetEnvironmentVariable("MCP_ACCESS_TOKEN_FILE", file);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("MCP_ACCESS_TOKEN", null);
        Environment.SetEnvironmentVariable("MCP_ACCESS_TOKEN_FILE", null);
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(HttpMode.All), MemberType = typeof(HttpMode))]
    public async Task Token_of_the_process_is_never_used_over_http(HttpServerSessionMode mode, string version)
    {
        await using var server = await HttpTestServer.StartAsync(static b => b.WithTools<NoteTools>(), http => http.SessionMode = mode);
        await using var client = await server.ConnectAsync(Issuer.Token("read:files"), version);

        client.Token = null;
        var refusal = await Assert.ThrowsAsync<HttpRefusedException>(async () => await client.CallAsync("read_note", """{"name":"a"}"""));
        Assert.Equal(RefusalCodes.Unauthenticated, refusal.Code);
        Assert.Empty(server.Effects.Seen);

        client.Token = Issuer.Token("read:files");
        await client.CallAsync("read_note", """{"name":"a"}""");
        Assert.Equal(1, server.Effects.Count("read"));
    }

    [Fact]
    public async Task Token_of_the_process_is_used_over_a_pipe()
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools<NoteTools>(), static s => s.AddSingleton<Effects>());

        Assert.Equal("note a", TestServer.Text(await server.CallAsync("read_note", """{"name":"a"}""")));
        Assert.Equal("file", Assert.Single(server.Audit).GetProperty("subject").GetString());
    }
}
