using McpSecureGen.Hosting;
using McpSecureGen.Validation.Urls;

namespace McpSecureGen.Tests.Validation.Urls;

public sealed class UrlSyntaxTests
{
    private static readonly UrlPolicy Web = UrlPolicy.Of(new SafeUrlAttribute { Schemes = ["http", "https"] }, null);
    private static readonly UrlPolicy Private = UrlPolicy.Of(new SafeUrlAttribute { Schemes = ["http", "https"], AllowPrivate = true }, null);

    [Theory]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("HTTPS://EXAMPLE.COM:443/", "https://example.com/")]
    [InlineData("http://example.com:80", "http://example.com/")]
    [InlineData("http://example.com:8080/a/../b/./c", "http://example.com:8080/b/c")]
    [InlineData("https://example.com./x", "https://example.com/x")]
    [InlineData("https://example.com:/x", "https://example.com/x")]
    [InlineData("https://example.com?q=1", "https://example.com/?q=1")]
    [InlineData("https://example.com#top", "https://example.com/#top")]
    [InlineData("https://example.com#@evil.com/", "https://example.com/#@evil.com/")]
    [InlineData("https://example.com/a%2Fb%5Cc", "https://example.com/a%2Fb%5Cc")]
    [InlineData("https://example.com/%2e%2e/a", "https://example.com/a")]
    [InlineData("https://example.com/@user:x", "https://example.com/@user:x")]
    [InlineData("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC")]
    [InlineData("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/")]
    [InlineData("https://ⓔxample.com/", "https://example.com/")]
    [InlineData("https://a_b.example.com/", "https://a_b.example.com/")]
    [InlineData("https://8.8.8.8/", "https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700:0000:0:0:0:1111]:8443/", "https://[2606:4700:4700::1111]:8443/")]
    [InlineData("https://[2606:4700:4700::1111]", "https://[2606:4700:4700::1111]/")]
    [InlineData("https://example.com/😀/日本", "https://example.com/%F0%9F%98%80/%E6%97%A5%E6%9C%AC")]
    [InlineData("https://localhost.example.com/", "https://localhost.example.com/")]
    public void An_ordinary_url_leaves_in_its_canonical_form(string text, string canonical)
    {
        var url = UrlSyntax.Parse(text, Web, out var fault);
        Assert.True(url is not null, fault);
        Assert.Equal(canonical, url.Text);
        Assert.Equal(canonical, UrlSyntax.Parse(url.Text, Web, out _)!.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("//example.com/")]
    [InlineData("https:example.com")]
    [InlineData("https:/example.com")]
    [InlineData("https:///example.com")]
    [InlineData("https://")]
    [InlineData("https://:443/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("javascript://example.com/%0aalert(1)")]
    [InlineData("https\t://example.com/")]
    [InlineData(" https://example.com/")]
    [InlineData("https://example.com/ ")]
    [InlineData("https://exa mple.com/")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com/a\u3000b")]
    [InlineData("https://example.com/\r\nX: y")]
    [InlineData("https://example.com\0.evil.com/")]
    [InlineData("https://example.com/\u202Etxt")]
    [InlineData("https://exa\u200Bmple.com/")]
    [InlineData("https://exa\u00ADmple.com/")]
    [InlineData("https://example.com\\@evil.com/")]
    [InlineData("https:\\\\example.com/")]
    [InlineData("https://example.com/\\x")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://user:pass@example.com/")]
    [InlineData("https://@example.com/")]
    [InlineData("https://example.com:443@evil.com/")]
    [InlineData("https://ex%61mple.com/")]
    [InlineData("https://%31%32%37.0.0.1/")]
    [InlineData("https://example.com:0/")]
    [InlineData("https://example.com:65536/")]
    [InlineData("https://example.com:0443/")]
    [InlineData("https://example.com:+443/")]
    [InlineData("https://example.com:４４３/")]
    [InlineData("https://example.com:22/")]
    [InlineData("https://example.com:6667/")]
    [InlineData("https://example.com:80:80/")]
    [InlineData("https://-example.com/")]
    [InlineData("https://example-.com/")]
    [InlineData("https://a..com/")]
    [InlineData("https://example.com../")]
    [InlineData("https://./")]
    [InlineData("https://exa,mple.com/")]
    [InlineData("https://example.com&x.com/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://ⓛocalhost/")]
    [InlineData("https://intranet/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://router.home.arpa/")]
    [InlineData("https://x.onion/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0x/")]
    [InlineData("https://127.000.000.001/")]
    [InlineData("https://134744072/")]
    [InlineData("https://8.8.2056/")]
    [InlineData("https://256.1.1.1/")]
    [InlineData("https://4294967297/")]
    [InlineData("https://1.2.3.4.5/")]
    [InlineData("https://①②⑦.⓪.⓪.①/")]
    [InlineData("https://127。0。0。1/")]
    [InlineData("https://⑧.8.8.8/")]
    [InlineData("https://٨.8.8.8/")]
    [InlineData("https://١٢٧.٠.٠.١/")]
    [InlineData("https://१२७.०.०.१/")]
    [InlineData("https://aب.com/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://168.63.129.16/")]
    [InlineData("https://[::]/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::127.0.0.1]/")]
    [InlineData("https://[::ffff:0:127.0.0.1]/")]
    [InlineData("https://[64:ff9b::127.0.0.1]/")]
    [InlineData("https://[64:ff9b:1::1]/")]
    [InlineData("https://[2002:7f00:1::]/")]
    [InlineData("https://[2001:0:0:0:0:0:80ff:fffe]/")]
    [InlineData("https://[fe80::1%251]/")]
    [InlineData("https://[fe80::1%eth0]/")]
    [InlineData("https://[2606:4700:4700::1111%1]/")]
    [InlineData("https://[fd00:ec2::254]/")]
    [InlineData("https://[v1.x]/")]
    [InlineData("https://[::1/")]
    [InlineData("https://::1/")]
    [InlineData("https://[8.8.8.8]/")]
    [InlineData("https://[2606:4700:4700::1111]x/")]
    [InlineData("https://x[2606:4700:4700::1111]/")]
    public void A_url_that_could_lead_elsewhere_is_refused(string text)
    {
        Assert.Null(UrlSyntax.Parse(text, Web, out var fault));
        Assert.StartsWith("must ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_or_name_that_is_too_long_is_refused()
    {
        Assert.Null(UrlSyntax.Parse($"https://{new string('a', 64)}.com/", Web, out _));
        Assert.NotNull(UrlSyntax.Parse($"https://{new string('a', 63)}.com/", Web, out _));
        Assert.Null(UrlSyntax.Parse($"https://{string.Join('.', Enumerable.Repeat(new string('a', 60), 5))}.com/", Web, out _));
        Assert.Null(UrlSyntax.Parse("https://example.com/" + new string('a', 2048), Web, out _));
    }

    [Theory]
    [InlineData("http://localhost:5000/", "http://localhost:5000/")]
    [InlineData("http://intranet/", "http://intranet/")]
    [InlineData("http://127.0.0.1/", "http://127.0.0.1/")]
    [InlineData("http://10.0.0.1/", "http://10.0.0.1/")]
    [InlineData("http://[::1]/", "http://[::1]/")]
    [InlineData("http://printer.local/", "http://printer.local/")]
    [InlineData("http://127.1/", null)]
    [InlineData("http://169.254.169.254/", null)]
    [InlineData("http://metadata.google.internal/", null)]
    [InlineData("http://0.0.0.0/", null)]
    [InlineData("http://[fe80::1]/", null)]
    public void AllowPrivate_opens_names_and_addresses_of_private_networks_alone(string text, string? canonical) =>
        Assert.Equal(canonical, UrlSyntax.Parse(text, Private, out _)?.Text);

    [Theory]
    [InlineData("https://api.example.com/", true)]
    [InlineData("https://API.EXAMPLE.COM./", true)]
    [InlineData("https://a.b.example.org/", true)]
    [InlineData("https://example.org/", false)]
    [InlineData("https://evilexample.org/", false)]
    [InlineData("https://api.example.com.evil.net/", false)]
    [InlineData("https://x.api.example.com/", false)]
    [InlineData("https://evil.net/?api.example.com", false)]
    [InlineData("https://bücher.example/", true)]
    [InlineData("https://8.8.8.8/", true)]
    [InlineData("https://8.8.4.4/", false)]
    public void A_host_rule_is_exact_or_a_domain_with_all_beneath_it(string text, bool allowed)
    {
        var policy = UrlPolicy.Of(new SafeUrlAttribute { Hosts = ["API.example.com", ".example.org", "bücher.example", "8.8.8.8"] }, null);
        Assert.Equal(allowed, UrlSyntax.Parse(text, policy, out _) is not null);
    }

    [Fact]
    public void The_operators_hosts_are_an_upper_bound()
    {
        var bound = UrlPolicy.OperatorRules([".example.com"]);
        var open = UrlPolicy.Of(new SafeUrlAttribute(), bound);
        Assert.NotNull(UrlSyntax.Parse("https://a.example.com/", open, out _));
        Assert.Null(UrlSyntax.Parse("https://example.net/", open, out _));

        var narrow = UrlPolicy.Of(new SafeUrlAttribute { Hosts = ["a.example.com", "b.example.net"] }, bound);
        Assert.NotNull(UrlSyntax.Parse("https://a.example.com/", narrow, out _));
        Assert.Null(UrlSyntax.Parse("https://b.example.net/", narrow, out _));
    }

    [Fact]
    public void Settings_that_allow_nothing_or_are_malformed_stop_the_server_and_are_named()
    {
        Says("Hosts", new SafeUrlAttribute { Hosts = [] });
        Says("Schemes", new SafeUrlAttribute { Schemes = [] });
        Says("'file'", new SafeUrlAttribute { Schemes = ["file"] });
        Says("Ports", new SafeUrlAttribute { Ports = [] });
        Says("70000", new SafeUrlAttribute { Ports = [70000] });
        Says("MaxLength", new SafeUrlAttribute { MaxLength = 0 });
        Says(".example.com", new SafeUrlAttribute { Hosts = ["*.example.com"] });
        Says("https://a.com", new SafeUrlAttribute { Hosts = ["https://a.com"] });
        Says("McpSecurity:Hosts", new SafeUrlAttribute(), []);
        Says("McpSecurity:Hosts", new SafeUrlAttribute { Hosts = ["a.com"] }, ["b.com"]);
        Assert.Contains("McpSecurity:Hosts", Assert.Throws<McpSecurityConfigurationException>(static () => UrlPolicy.OperatorRules(["a.com:80"])).Message, StringComparison.Ordinal);

        static void Says(string word, SafeUrlAttribute attribute, string[]? hosts = null) => Assert.Contains(
            word,
            Assert.Throws<McpSecurityConfigurationException>(() => UrlPolicy.Of(attribute, UrlPolicy.OperatorRules(hosts))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_ports_replaces_the_default()
    {
        var policy = UrlPolicy.Of(new SafeUrlAttribute { Ports = [22, 8443] }, null);
        Assert.NotNull(UrlSyntax.Parse("https://example.com:22/", policy, out _));
        Assert.NotNull(UrlSyntax.Parse("https://example.com:8443/", policy, out _));
        Assert.Null(UrlSyntax.Parse("https://example.com/", policy, out _));
    }

    [Fact]
    public void Without_the_tables_of_Unicode_a_host_outside_ASCII_is_refused_and_its_ASCII_form_is_not()
    {
        Assert.False(UrlHost.TryParse("bücher.example", canMap: false, out _, out _));
        Assert.True(UrlHost.TryParse("xn--bcher-kva.example", canMap: false, out _, out _));
    }
}
