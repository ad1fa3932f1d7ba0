using System.Text.Json;
using McpSecureGen.HostileInput.Support;

namespace McpSecureGen.HostileInput.Urls;

/// <summary>Public URLs as people write them: none is refused.</summary>
public sealed class OrdinaryUrlTests(ITestOutputHelper output)
{
    private static readonly string[] Hosts =
    [
        "example.com", "www.example.com", "api.example.co.uk", "a.b.c.d.e.example.org", "xn--bcher-kva.example", "my-site.example.net", "my_bucket.s3.amazonaws.com", "3com.com", "1and1.com",
        "123.example.com", "x.com", "t.co", "raw.githubusercontent.com", "EXAMPLE.com", "example.com.", "localhost.example.com", "10.example.com", "internal.example.com", "example.museum",
        "bücher.example", "münchen.de", "straße.de", "例え.テスト", "例え。テスト", "中文.com", "中国互联网络信息中心.中国", "한국.com", "пример.рф", "παράδειγμα.ελ", "مثال.إختبار", "مثال.com", "דוגמה.קום", "उदाहरण.भारत",
        "ตัวอย่าง.ไทย", "օրինակ.հայ", "მაგალითი.გე", "españa.es", "crème-brûlée.fr", "ñandú.cl", "øl.dk", "żółć.pl", "ハンバーガー.jp", "八月瓜.公司", "☃.net", "i❤.ws",
        "1.1.1.1", "8.8.8.8", "9.9.9.9", "93.184.216.34", "172.15.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "11.0.0.1", "223.255.255.254",
        "[2606:4700:4700::1111]", "[2001:4860:4860::8888]", "[2620:fe::fe]", "[2a00:1450:4001:830::200e]", "[2001:4860:4860:0:0:0:0:64]", "[2A03:2880:F12F:83:FACE:B00C::25DE]", "[2606:4700::6810:84e5]",
    ];

    private static readonly string[] Ports = ["", ":80", ":443", ":8080", ":8443", ":3000", ":9200", ":"];

    private static readonly string[] Rests =
    [
        "", "/", "/index.html", "/a/b/c", "/a/../b", "/.well-known/security.txt", "/a..b/", "/.gitignore", "/wiki/C_Sharp_(programming_language)", "/@user/post", "/~home/", "/path;v=1,2/x", "/a%20b",
        "/%E6%97%A5%E6%9C%AC", "/日本語/ページ", "/привет", "/😀/👩‍💻", "/naïve/e\u0301", "/100%25", "/a+b", "/a:b", "/a//b", "/%2F%2f", "/!$&'()*+,;=", "?q=1", "/?q=a+b&c=%26", "/search?q=日本語&lang=ja",
        "/?url=https://example.org/x?y=1", "/?redirect=%2Fhome", "/?email=a@b.com", "/?filter[name]=x", "/?json={\"a\":1}", "/?q=a|b^c`d", "#top", "/#/route/1", "/x?y#z=@1", "/file.tar.gz", "/v1.2.3-rc.1/a..c",
        "/" + "long-segment-0123456789/long-segment-0123456789/long-segment-0123456789/long-segment-0123456789",
    ];

    [Theory]
    [InlineData("text")]
    [InlineData("confined")]
    public async Task Given_ordinary_public_urls_then_none_is_refused(string tool)
    {
        var refused = new List<string>();
        await using var server = await UrlServer.StartAsync(new Tests.Validation.Urls.Support.FakeResolver(static (_, _) => [System.Net.IPAddress.Parse("93.184.216.34")]));
        var urls = Urls().Distinct(StringComparer.Ordinal).ToArray();
        Assert.True(urls.Length >= 2000);
        foreach (var some in urls.Chunk(64))
        {
            var results = await Task.WhenAll(some.Select(url => server.CallAsync(tool, url)));
            refused.AddRange(some.Where((_, index) => results[index] is not { IsError: not true }).Select(url => JsonSerializer.Serialize(url)));
        }

        output.WriteLine($"{urls.Length} ordinary URLs through tool {tool}: {refused.Count} refused");
        Assert.True(refused.Count == 0, string.Join('\n', refused.Take(50)));
        Assert.Empty(server.Sockets.NotPublic);
    }

    // Each host with every rest, and each port with every host; the scheme is http because the listener has no certificate.
    private static IEnumerable<string> Urls() =>
        (from host in Hosts from rest in Rests select $"http://{host}{rest}")
        .Concat(from host in Hosts from port in Ports from rest in new[] { "", "/x?y=1#z" } select $"http://{host}{port}{rest}");
}
