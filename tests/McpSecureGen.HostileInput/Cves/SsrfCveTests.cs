using System.Text.Json;
using McpSecureGen.HostileInput.Output;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>Requests forged through a server, by the procedure of <see cref="PathCveTests"/>: what counts is whether a connection arrives at this machine.</summary>
public sealed class SsrfCveTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{0}/admin")]
    public async Task CVE_2026_104120_no_look_at_the_address(string url) => await HoldsAsync(url);

    [Theory]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://LOCALHOST.:{0}/")]
    public async Task CVE_2025_65513_only_literals_were_looked_at(string url) => await HoldsAsync(url, static host => host is not "127.0.0.1");

    [Theory]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://[::ffff:7f00:1]:{0}/")]
    public async Task CVE_2026_49857_an_address_in_another_form(string url) => await HoldsAsync(url, static host => !host.StartsWith("127.", StringComparison.Ordinal));

    [Theory]
    [InlineData("CVE-2026-41361", "http://2130706433:{0}/")]
    [InlineData("CVE-2026-47390", "http://0x7f000001:{0}/")]
    [InlineData("CVE-2026-48782", "http://017700000001:{0}/")]
    [InlineData("CVE-2026-48782", "http://127.1:{0}/")]
    [InlineData("CVE-2026-48782", "http://0:{0}/")]
    public async Task CVE_2026_41361_other_spellings_of_an_address(string id, string url)
    {
        Assert.StartsWith("CVE-", id, StringComparison.Ordinal);
        await HoldsAsync(url, static _ => true);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/rest/api")]
    public async Task CVE_2026_27826_an_address_that_a_request_brings_for_the_configuration(string url) => await HoldsAsync(url);

    [Theory]
    [InlineData("http://localhost:{0}/")]
    public async Task CVE_2026_53509_a_name_for_what_is_blocked_as_a_number(string url) => await HoldsAsync(url, static host => !char.IsAsciiDigit(host[0]));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/page.html")]
    public async Task CVE_2025_5276_no_check_of_the_destination(string url) => await HoldsAsync(url);

    [Theory]
    [InlineData("http://127.0.0.1:{0}/metadata/identity/oauth2/token")]
    public async Task CVE_2026_26118_the_identity_of_the_machine(string url)
    {
        await HoldsAsync(url);
        await RefusedAsync("http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01");
        await RefusedAsync("http://[fd00:ec2::254]/latest/meta-data/");
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/.well-known/oauth-protected-resource")]
    public async Task CVE_2026_51994_an_address_from_the_answer_of_another_server(string url) => await HoldsAsync(url);

    [Theory]
    [InlineData("http://127.0.0.1:{0}/internal")]
    public async Task CVE_2026_79747_a_proxy_for_those_who_may_not(string url) => await HoldsAsync(url);

    [Theory]
    [InlineData("intent://scan/#Intent;scheme=zxing;end")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    public async Task CVE_2026_35394_another_scheme(string url)
    {
        Assert.NotNull(new Uri(url));
        await RefusedAsync(url);
    }

    [Theory]
    [InlineData("a:$(calc.exe)")]
    [InlineData("file:/c:/windows/system32/calc.exe")]
    [InlineData("vscode://x/$(calc.exe)")]
    public async Task CVE_2025_6514_an_address_that_is_opened_by_a_shell(string url) => await RefusedAsync(url);

    private static async Task HoldsAsync(string shape, Func<string, bool>? passesTheOldCheck = null)
    {
        await using var inside = new LoopbackRecorder();
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, inside.Port);

        // What the vulnerable server did, behind the check it had
        Assert.True(passesTheOldCheck?.Invoke(new Uri(url, UriKind.Absolute).OriginalString.Split('/')[2].TrimStart('[')) ?? true);
        using (var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) })
        {
            try
            {
                await http.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException)
            {
                // The other family, or a name that this machine does not know: then the address itself shows what the form stands for.
                await http.GetStringAsync(new Uri(inside.Url), TestContext.Current.CancellationToken);
            }
        }

        var seen = inside.Seen.Count;
        Assert.True(seen > 0);

        await using var server = await PipeServer.StartAsync(static b => b.WithTools<SsrfCveTools>());
        foreach (var tool in new[] { "u_fetch", "u_confined" })
        {
            var refused = await server.CallAsync(tool, JsonSerializer.Serialize(new { url }));
            Assert.StartsWith("Invalid argument 'url'", PipeServer.Text(refused), StringComparison.Ordinal);
        }

        Assert.Equal(seen, inside.Seen.Count);
        Assert.Equal("ok", PipeServer.Text(await server.CallAsync("u_fetch_private", JsonSerializer.Serialize(new { url = inside.Url + "/x" }))));
        Assert.Equal(seen + 1, inside.Seen.Count);
    }

    private static async Task RefusedAsync(string url)
    {
        await using var server = await PipeServer.StartAsync(static b => b.WithTools<SsrfCveTools>());
        foreach (var tool in new[] { "u_fetch", "u_confined", "u_fetch_private" })
        {
            Assert.StartsWith("Invalid argument 'url'", PipeServer.Text(await server.CallAsync(tool, JsonSerializer.Serialize(new { url }))), StringComparison.Ordinal);
        }
    }
}
