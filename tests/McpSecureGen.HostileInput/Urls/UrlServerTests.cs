using System.Net;
using System.Text.Json;
using McpSecureGen.HostileInput.Support;
using McpSecureGen.Hosting;
using McpSecureGen.Tests.Validation.Urls.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Urls;

/// <summary>Names that change, mixed answers, resolvers that break, redirects, bounds of the operator: through a running server, the recorder is the oracle.</summary>
public sealed class UrlServerTests
{
    [Theory]
    [InlineData("text")]
    [InlineData("uri")]
    [InlineData("confined")]
    public async Task Given_a_public_url_then_the_tool_runs_with_its_canonical_form(string tool)
    {
        await using var server = await UrlServer.StartAsync();
        var result = await server.CallAsync(tool, "HTTP://Bücher.Example.:80/a/../ä?q=1");
        Assert.Equal("fetched", TestServer.Text(result!));
        Assert.Equal("http://xn--bcher-kva.example/%C3%A4?q=1", Assert.Single(server.Effects.Seen));
        Assert.Equal("93.184.216.34:80", Assert.Single(server.Sockets.Attempts).ToString());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("uri")]
    [InlineData("confined")]
    [InlineData("default_confined")]
    [InlineData("made_up")]
    public async Task Given_bad_answers_for_a_name_then_no_socket_and_one_answer_for_all(string tool)
    {
        var names = new FakeResolver
        {
            Names =
            {
                ["private.example.com"] = ["10.0.0.1"],
                ["mixed.example.com"] = ["93.184.216.34", "127.0.0.1"],
                ["six.example.com"] = ["93.184.216.34", "::1"],
                ["mapped.example.com"] = ["::ffff:169.254.169.254"],
                ["nat64.example.com"] = ["64:ff9b::7f00:1"],
                ["empty.example.com"] = [],
            },
        };
        await using var server = await UrlServer.StartAsync(names);
        var answers = new HashSet<string>();
        var isText = tool is "text" or "uri";
        foreach (var name in isText ? names.Names.Keys : names.Names.Keys.Append("unknown.example.com"))
        {
            var result = await server.CallAsync(tool, $"https://{name}/", tool == "made_up" ? "text" : "url");
            Assert.True(result!.IsError);
            answers.Add(TestServer.Text(result));
            Assert.Empty(server.Sockets.Attempts);
        }

        Assert.Single(answers);
        Assert.DoesNotContain("10.0.0.1", answers.Single(), StringComparison.Ordinal);
        if (isText)
        {
            // The method did not begin. For a name that does not exist it does, and finds nothing to connect to.
            Assert.Empty(server.Effects.Seen);
            Assert.True((await server.CallAsync(tool, "https://unknown.example.com/", "url"))!.IsError);
            Assert.NotEmpty(server.Effects.Seen);
            Assert.Empty(server.Sockets.Attempts);
        }
    }

    [Fact]
    public async Task Given_a_name_that_turns_private_after_the_check_then_a_confined_url_does_not_follow()
    {
        // Public when it is first asked for, this machine ever after: what a rebinding name server does.
        var names = new FakeResolver(static (_, time) => [IPAddress.Parse(time == 1 ? "93.184.216.34" : "127.0.0.1")]);
        await using var server = await UrlServer.StartAsync(names);
        Assert.Equal("fetched", TestServer.Text((await server.CallAsync("confined", "http://rebind.example.com/"))!));
        Assert.True((await server.CallAsync("confined", "http://rebind.example.com/"))!.IsError);
        Assert.Empty(server.Sockets.NotPublic);
    }

    /// <summary>The documented limit of text: the tool's own client looks the name up again. The recorder sees it, so the test above can fail.</summary>
    [Fact]
    public async Task Given_the_same_name_as_text_then_the_tools_own_client_is_led_elsewhere()
    {
        var names = new FakeResolver(static (_, time) => [IPAddress.Parse(time == 1 ? "93.184.216.34" : "127.0.0.1")]);
        await using var server = await UrlServer.StartAsync(names);
        await server.CallAsync("text", "http://rebind.example.com/");
        Assert.Single(server.Sockets.NotPublic);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("uri")]
    [InlineData("confined")]
    [InlineData("made_up")]
    public async Task Given_a_resolver_that_throws_then_refused_and_no_socket(string tool)
    {
        await using var server = await UrlServer.StartAsync(new FakeResolver(static (_, _) => throw new InvalidOperationException("secret detail")));
        var result = await server.CallAsync(tool, "https://example.com/", tool == "made_up" ? "text" : "url");
        Assert.True(result!.IsError);
        Assert.DoesNotContain("secret", TestServer.Text(result), StringComparison.Ordinal);
        Assert.Empty(server.Sockets.Attempts);
    }

    [Fact]
    public async Task Given_a_resolver_that_hangs_then_refused_in_time()
    {
        await using var server = await UrlServer.StartAsync(new HangingResolver());
        var results = await Task.WhenAll(server.CallAsync("text", "https://example.com/"), server.CallAsync("confined", "https://example.com/")).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.All(results, static result => Assert.True(result!.IsError));
        Assert.Empty(server.Sockets.Attempts);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Given_a_redirect_inside_then_a_confined_url_and_a_confined_client_do_not_follow(int status)
    {
        foreach (var target in HostileHosts.Spellings("127.0.0.1").Select(static host => $"http://{host}/").Concat(
            ["http://localhost/", "http://private.internal/", "//127.0.0.1/", "http://user@93.184.216.34/", "file:///etc/passwd", "http://93.184.216.34:6667/"]))
        {
            if (target.Any(static character => character > 0xFF))
            {
                continue;
            }

            await using var server = await UrlServer.StartAsync(answer: request => request.Contains("/start", StringComparison.Ordinal) ? TinyServer.Redirect(status, target) : TinyServer.Ok("inside"));
            foreach (var (tool, parameter) in new[] { ("confined", "url"), ("made_up", "text") })
            {
                var result = await server.CallAsync(tool, "http://example.com/start", parameter);
                Assert.True(result!.IsError, target);
                Assert.Empty(server.Sockets.NotPublic);
            }
        }
    }

    [Fact]
    public async Task Given_several_urls_and_members_then_each_is_checked_and_canonical()
    {
        await using var server = await UrlServer.StartAsync();
        Assert.Equal("done", TestServer.Text(await CallAsync("""{"urls":["https://A.example.com","https://b.example.com:443/x"],"page":{"address":"http://C.example.com"}}""")));
        Assert.Equal(["https://a.example.com/", "https://b.example.com/x", "http://c.example.com/", "https://default.example.com/"], server.Effects.Seen);
        foreach (var bad in new[]
        {
            """{"urls":["https://a.example.com","https://10.0.0.1"],"page":{"address":"http://c.example.com"}}""",
            """{"urls":["https://a.example.com","https://inner.localtest.me"],"page":{"address":"http://c.example.com"}}""",
            """{"urls":[],"page":{"address":"http://localhost"}}""",
            """{"urls":[],"page":{"address":"http://metadata.example.com"}}""",
            """{"urls":[],"page":{"address":"http://c.example.com"},"fallback":"https://localtest.me"}""",
            """{"urls":[],"page":{"address":"http://c.example.com"},"fallback":"http://a.example.com"}""",
        })
        {
            Assert.True((await CallAsync(bad)).IsError, bad);
        }

        Assert.Equal(4, server.Effects.Seen.Count);

        ValueTask<ModelContextProtocol.Protocol.CallToolResult> CallAsync(string arguments) => server.Server.CallAsync("many", arguments, Issuer.Token("net:access"));
    }

    [Fact]
    public async Task Given_AllowPrivate_then_this_machine_and_never_metadata()
    {
        await using var server = await UrlServer.StartAsync();
        Assert.Equal("fetched", TestServer.Text((await server.CallAsync("private", "http://localhost:8080/"))!));
        Assert.Equal("fetched", TestServer.Text((await server.CallAsync("private", "http://10.0.0.1/"))!));
        server.Sockets.Clear();
        foreach (var url in new[] { "http://169.254.169.254/", "http://metadata.google.internal/", "http://metadata.example.com/", "http://[fd00:ec2::254]/", "http://0.0.0.0/" })
        {
            Assert.True((await server.CallAsync("private", url))!.IsError, url);
        }

        Assert.Empty(server.Sockets.Attempts);
    }

    [Fact]
    public async Task Given_hosts_of_the_operator_then_no_tool_reaches_another()
    {
        await using var server = await UrlServer.StartAsync(settings: static settings => settings["McpSecurity:Hosts:0"] = ".example.com");
        foreach (var (tool, parameter) in new[] { ("text", "url"), ("uri", "url"), ("confined", "url"), ("default_confined", "url"), ("made_up", "text") })
        {
            Assert.True((await server.CallAsync(tool, "https://example.net/", parameter))!.IsError);
            Assert.Empty(server.Sockets.Attempts);
        }

        Assert.Equal("fetched", TestServer.Text((await server.CallAsync("text", "http://a.example.com/"))!));
    }

    [Theory]
    [InlineData("McpSecurity:Hosts", "", "empty")]
    [InlineData("McpSecurity:Hosts:0", "https://example.com/", "https://example.com/")]
    [InlineData("McpSecurity:Hosts:0", "*.example.com", "*.example.com")]
    [InlineData("McpSecurity:Hosts", "a.example.com,b.example.com", "a.example.com,b.example.com")]
    public async Task Given_a_list_of_hosts_that_allows_nothing_or_is_malformed_then_the_server_does_not_start(string key, string value, string said)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => UrlServer.StartAsync(settings: settings => settings[key] = value));
        Assert.Contains("McpSecurity:Hosts", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_an_empty_list_in_a_json_file_then_it_is_an_empty_list_and_one_host_without_an_index_is_one_host()
    {
        Assert.Empty(Bound("""{"McpSecurity":{"Hosts":[]}}""")!);
        Assert.Null(Bound("""{"McpSecurity":{}}"""));
        Assert.Equal(["a.example.com"], Bound("""{"McpSecurity":{"Hosts":"a.example.com"}}""")!);
        Assert.Equal(["a.example.com"], Bound("""{"McpSecurity":{"Hosts":["a.example.com"]}}""")!);

        static string[]? Bound(string json)
        {
            var options = new McpSecurityOptions();
            using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
            McpSecuritySettings.Bind(new ConfigurationBuilder().AddJsonStream(stream).Build(), options);
            return options.Hosts;
        }
    }

    [Fact]
    public async Task Given_a_url_that_no_rule_has_seen_then_every_operation_throws()
    {
        var url = JsonSerializer.Deserialize<ConfinedUrl>("\"http://127.0.0.1/\"")!;
        Assert.Throws<InvalidOperationException>(() => url.Uri);
        await Assert.ThrowsAsync<InvalidOperationException>(() => url.GetStringAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => url.SendAsync(new HttpRequestMessage(), TestContext.Current.CancellationToken));
        Assert.DoesNotContain("127", url.ToString(), StringComparison.Ordinal);
    }
}
