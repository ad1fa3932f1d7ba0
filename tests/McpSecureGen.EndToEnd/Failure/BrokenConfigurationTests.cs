using McpSecureGen.EndToEnd.Routes;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpSecureGen.EndToEnd.Failure;

/// <summary>A setting that is missing stops the start and is named; a thing it names that goes away later refuses calls.</summary>
public sealed class BrokenConfigurationTests
{
    [Theory]
    [InlineData("McpSecurity:Authentication:Issuer", "McpSecurity:Authentication:Issuer")]
    [InlineData("McpSecurity:Authentication:Audience", "McpSecurity:Authentication:Audience")]
    [InlineData("McpSecurity:Authentication:Keys", "McpSecurity:Authentication:KeyFile")]
    [InlineData("McpSecurity:Audit:Path", "McpSecurity:Audit:Path")]
    [InlineData("McpSecurity:Roots:ws", "McpSecurity:Roots:ws")]
    public Task Given_a_required_setting_that_is_missing_then_the_server_does_not_start_and_names_it(string missing, string mention) =>
        Ends.InNoStartAsync(() => StartAsync(settings => settings.Remove(missing)), mention);

    [Fact]
    public Task Given_no_settings_at_all_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(() => StartAsync(static settings => settings.Clear()), "McpSecurity:Authentication:Issuer");

    [Theory]
    [InlineData("McpSecurity:Limits:MaxStringLength", "0", "McpSecurity:Limits:MaxStringLength")]
    [InlineData("McpSecurity:Authentication:Keys", "{}", "McpSecurity:Authentication")]
    [InlineData("McpSecurity:Authentication:Keys", "not json", "McpSecurity:Authentication")]
    [InlineData("McpSecurity:Roots:ws", "relative", "McpSecurity:Roots:ws")]
    [InlineData("McpSecurity:Roots:ws", "/", "McpSecurity:Roots:ws")]
    [InlineData("McpSecurity:Roles:bad:0", "no such capability", "no such capability")]
    public Task Given_a_setting_that_is_unsafe_then_the_server_does_not_start_and_names_it(string setting, string value, string mention) =>
        Ends.InNoStartAsync(() => StartAsync(settings => settings[setting] = value), mention);

    [Fact]
    public async Task Given_a_complete_configuration_then_the_server_starts()
    {
        await using var server = await StartAsync(static _ => { });

        await Ends.InSecuredToolAsync(server, "fail_plain");
    }

    [Fact]
    public async Task Given_a_key_file_that_is_deleted_while_the_server_runs_then_calls_are_refused_until_it_is_back()
    {
        using var folder = new SecurityConfiguration();
        var file = Path.Combine(folder.Folder, "jwks.json");
        File.WriteAllText(file, Issuer.KeySet);
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<FailureTools>(),
            s => s.AddSingleton<TimeProvider>(time).AddSingleton<FragileService>(),
            settings =>
            {
                settings.Remove("McpSecurity:Authentication:Keys");
                settings["McpSecurity:Authentication:KeyFile"] = file;
            });
        await Ends.InSecuredToolAsync(server, "fail_plain");
        var token = Issuer.Token("read:files");
        await server.CallAsync("fail_plain", """{"text":"before"}""", token);

        File.Delete(file);
        time.Advance(TimeSpan.FromSeconds(3));
        var text = Ends.NewText();
        foreach (var other in new[] { token, Issuer.Token("read:files") })
        {
            var error = await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync("fail_plain", $$"""{"text":"{{text}}"}""", other));
            Assert.Equal(RefusalCodes.Unauthenticated, (int)error.ErrorCode);
        }

        Assert.Equal(0, RouteEffects.CountOf(text));
        File.WriteAllText(file, Issuer.KeySet);
        time.Advance(TimeSpan.FromSeconds(3));
        await Ends.InSecuredToolAsync(server, "fail_plain");
    }

    [Fact]
    public async Task Given_a_root_folder_that_is_deleted_while_the_server_runs_then_paths_are_refused_and_other_tools_run()
    {
        await using var server = await StartAsync(static _ => { });
        File.WriteAllText(Path.Combine(server.Security.Root, "a.txt"), "content");
        var (before, after) = (Ends.NewText(), Ends.NewText());
        Assert.Equal("content", TestServer.Text(await server.CallAsync("fail_path", $$"""{"path":"a.txt","text":"{{before}}"}""", Issuer.Token("read:files"))));

        Directory.Delete(server.Security.Root, recursive: true);
        var result = await server.CallAsync("fail_path", $$"""{"path":"a.txt","text":"{{after}}"}""", Issuer.Token("read:files"));

        Assert.True(result.IsError);
        Assert.Contains("path", TestServer.Text(result), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Security.Folder, TestServer.Text(result), StringComparison.Ordinal);
        Assert.Equal(0, RouteEffects.CountOf(after));
        await Ends.InSecuredToolAsync(server, "fail_plain");
    }

    private static Task<TestServer> StartAsync(Action<Dictionary<string, string?>> change) =>
        TestServer.StartAsync(static b => b.WithTools<FailureTools>(), static s => s.AddSingleton<FragileService>(), change);
}
