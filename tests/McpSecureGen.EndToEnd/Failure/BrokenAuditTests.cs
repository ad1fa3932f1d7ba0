using System.Reflection;
using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpSecureGen.EndToEnd.Failure;

/// <summary>Without a record there is no call.</summary>
public sealed class BrokenAuditTests
{
    private const BindingFlags Private = BindingFlags.NonPublic | BindingFlags.Instance;

    [Fact]
    public async Task Given_a_log_that_closed_while_the_server_runs_then_every_call_is_refused_and_nothing_runs()
    {
        await using var server = await StartAsync();
        await Ends.InSecuredToolAsync(server, "fail_plain");
        ((IDisposable)AuditLog(server)).Dispose();

        await RefusedAsync(server, 0, Issuer.Token("read:files"));
        await RefusedAsync(server, 0, Issuer.Token("net:access"));
        await RefusedAsync(server, 0, null);
        await Assert.ThrowsAsync<McpProtocolException>(async () =>
            await server.Client.ListToolsAsync(new ModelContextProtocol.Protocol.ListToolsRequestParams { Meta = TestServer.Meta(Issuer.Token("read:files")) }));
    }

    [Fact]
    public async Task Given_a_full_disk_before_the_intent_then_the_tool_does_not_run_and_a_later_call_is_refused_too()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device here that is always full.");
        await using var server = await StartAsync();
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var log = AuditLog(server);
        var journal = log.GetType().GetField("_journal", Private)!.GetValue(log)!;
        journal.GetType().GetFields(Private).Single(static field => field.FieldType == typeof(Stream)).SetValue(journal, full);

        await RefusedAsync(server, 0, Issuer.Token("read:files"));
        await RefusedAsync(server, 0, Issuer.Token("read:files"));
    }

    [Fact]
    public async Task Given_a_full_disk_after_the_intent_then_the_result_is_withheld_and_the_next_call_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device here that is always full.");
        await using var server = await StartAsync();
        await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var log = AuditLog(server);
        log.GetType().GetField("_file", Private)!.SetValue(log, full);

        await RefusedAsync(server, 1, Issuer.Token("read:files"));
        await RefusedAsync(server, 0, Issuer.Token("read:files"));
    }

    private static Task<TestServer> StartAsync() =>
        TestServer.StartAsync(static b => b.WithTools<FailureTools>(), static s => s.AddSingleton<FragileService>());

    private static async Task RefusedAsync(TestServer server, int effects, string? token)
    {
        var text = Ends.NewText();
        var error = await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("fail_plain", $$"""{"text":"{{text}}"}""", token));

        Assert.Equal(RefusalCodes.AuditUnavailable, (int)error.ErrorCode);
        Assert.DoesNotContain(server.Security.Folder, error.Message, StringComparison.Ordinal);
        Assert.Equal(effects, RouteEffects.CountOf(text));
    }

    /// <summary>The log of the server's host. It is nobody's to replace, so a test that breaks it must reach inside.</summary>
    private static object AuditLog(TestServer server)
    {
        var type = typeof(McpSecureGen.Hosting.McpSecurityOptions).Assembly.GetType("McpSecureGen.Hosting.HostSecurity", throwOnError: true)!;
        var host = server.Services.GetRequiredService(type);
        return type.GetField("_audit", Private)!.GetValue(host)!;
    }
}
