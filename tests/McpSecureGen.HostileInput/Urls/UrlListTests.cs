using McpSecureGen.HostileInput.Support;

namespace McpSecureGen.HostileInput.Urls;

/// <summary>Attack lists through tools of a running server. The oracle is the recorder: no connection to an address that is not public.</summary>
public sealed class UrlListTests(ITestOutputHelper output)
{
    private static readonly (string Tool, string Parameter)[] Tools = [("text", "url"), ("uri", "url"), ("confined", "url"), ("made_up", "text")];

    [Fact]
    public async Task Given_the_lists_of_others_then_no_socket_to_another_address_than_public_ones()
    {
        var verdicts = new Verdicts("URL lists, raw and decoded once and twice, bare and behind http://, https:// and https://example.com");
        await using var server = await UrlServer.StartAsync();
        foreach (var (list, payloads) in Payloads.Of("urls"))
        {
            await TryAllAsync(server, verdicts, list, [.. payloads.SelectMany(Shapes).Distinct(StringComparer.Ordinal)]);
        }

        verdicts.PrintAndRequireNoEscape(output);
    }

    [Fact]
    public async Task Given_every_spelling_of_an_inner_address_in_every_shape_then_no_socket()
    {
        var verdicts = new Verdicts("Inner addresses in every spelling and shape");
        await using var server = await UrlServer.StartAsync();
        await TryAllAsync(server, verdicts, "by rule", [.. HostileHosts.Urls()]);

        verdicts.PrintAndRequireNoEscape(output);
    }

    /// <summary>The recorder and the lists can fail: the same payloads without the attribute connect inside.</summary>
    [Fact]
    public async Task Given_no_check_then_the_same_payloads_connect_inside()
    {
        await using var server = await UrlServer.StartAsync();
        using var web = new PlainWeb(new Tests.Validation.Urls.Support.FakeResolver(static (host, _) => [UrlServer.AddressOf(host)]), server.Sockets);
        var escaped = 0;
        foreach (var payload in HostileHosts.Urls().Where(static url => url.StartsWith("http://", StringComparison.Ordinal) && Uri.TryCreate(url, UriKind.Absolute, out _)))
        {
            server.Sockets.Clear();
            try
            {
                await web.GetAsync(new Uri(payload), TestContext.Current.CancellationToken);
            }
            catch (Exception error) when (error is HttpRequestException or ArgumentException or UriFormatException or NotSupportedException)
            {
            }

            escaped += server.Sockets.NotPublic.Any() ? 1 : 0;
        }

        output.WriteLine($"{escaped} payloads connect inside without a check");
        Assert.True(escaped > 1000, $"{escaped}");
    }

    private static async Task TryAllAsync(UrlServer server, Verdicts verdicts, string list, string[] payloads)
    {
        foreach (var (tool, parameter) in Tools)
        {
            await server.TryAllAsync(verdicts, $"{list} [{tool}]", tool, parameter, payloads);
        }
    }

    private static IEnumerable<string> Shapes(string payload) => payload.Contains("://", StringComparison.Ordinal)
        ? [payload]
        : [payload, "http://" + payload, "https://" + payload, "https://example.com" + payload];
}
