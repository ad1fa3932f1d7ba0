using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using McpSecureGen.Hosting;
using McpSecureGen.Tests.Validation.Urls.Support;
using McpSecureGen.Validation.Urls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Validation.Urls;

/// <summary>Real requests to a listener on this machine, which stands for every public address; the recorder says which address was connected to.</summary>
public sealed class ConfinedHttpTests : IDisposable
{
    private readonly FakeResolver _names = new() { Names = { ["a.example.com"] = ["93.184.216.34"], ["b.example.com"] = ["93.184.216.35"] } };
    private readonly List<IDisposable> _owned = [];
    private SocketRecorder _sockets = new();

    public void Dispose() => _owned.ForEach(static owned => owned.Dispose());

    private HttpClient Client(TinyServer server, ConfinedHttpOptions? options = null, string[]? hosts = null, ILoggerFactory? log = null)
    {
        _sockets = new SocketRecorder(server.Port);
        var urls = new UrlSecurity(hosts, TimeProvider.System, log ?? NullLoggerFactory.Instance, _names, _sockets);
        options ??= new ConfinedHttpOptions();
        options.Schemes = ["http", "https"];
        var client = new ConfinedHttp(urls).CreateClient(options);
        _owned.AddRange([server, urls, client]);
        return client;
    }

    private static Task<HttpRequestException> FailsAsync(HttpClient client, string url) => Assert.ThrowsAsync<UrlFailure>(() => client.GetAsync(url))
        .ContinueWith(static task => (HttpRequestException)task.Result, TaskScheduler.Default);

    [Fact]
    public async Task A_public_host_is_fetched_at_the_address_that_was_checked()
    {
        var server = new TinyServer(static _ => TinyServer.Ok("hello", "X-Seen: 1\r\nContent-Type: text/plain; charset=utf-8\r\n"));
        var client = Client(server);
        var response = await client.GetAsync("http://a.example.com/x y?q=ä");
        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-Seen")));
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("93.184.216.34:80", Assert.Single(_sockets.Attempts).ToString());
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /x%20y?q=%C3%A4 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("Host: a.example.com\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", request, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://user@a.example.com/")]
    [InlineData("http://a.example.com:22/")]
    [InlineData("http://unknown.example.com/")]
    [InlineData("http://private.example.com/")]
    [InlineData("http://mixed.example.com/")]
    [InlineData("http://mapped.example.com/")]
    [InlineData("http://empty.example.com/")]
    public async Task Whatever_url_a_tool_makes_up_no_socket_opens_to_another_address(string url)
    {
        var client = Client(new TinyServer(static _ => TinyServer.Ok("secret")));
        _names.Names["private.example.com"] = ["10.0.0.1"];
        _names.Names["mixed.example.com"] = ["93.184.216.34", "::1"];
        _names.Names["mapped.example.com"] = ["::ffff:127.0.0.1"];
        _names.Names["empty.example.com"] = [];
        Assert.Equal(UrlFailure.Uniform, (await FailsAsync(client, url)).Message);
        Assert.Empty(_sockets.Attempts);
    }

    [Fact]
    public async Task A_name_that_turns_private_is_refused_at_the_next_connection()
    {
        var answers = new FakeResolver(static (_, time) => [IPAddress.Parse(time == 1 ? "93.184.216.34" : "127.0.0.1")]);
        using var server = new TinyServer(static _ => TinyServer.Ok("hello"));
        var sockets = new SocketRecorder(server.Port);
        using var urls = new UrlSecurity(null, TimeProvider.System, NullLoggerFactory.Instance, answers, sockets);
        using var client = new ConfinedHttp(urls).CreateClient(new ConfinedHttpOptions { Schemes = ["http"] });
        Assert.Equal("hello", await client.GetStringAsync("http://rebind.example.com/"));
        await FailsAsync(client, "http://rebind.example.com/");
        Assert.Empty(sockets.NotPublic);
        Assert.Single(sockets.Attempts);
    }

    [Fact]
    public async Task Refused_unknown_and_closed_look_alike_and_the_operator_is_told_apart()
    {
        _names.Names["private.example.com"] = ["10.0.0.1"];
        var log = new Lines();
        using var urls = new UrlSecurity(null, TimeProvider.System, log, _names, new SocketRecorder());
        using var client = new ConfinedHttp(urls).CreateClient(new ConfinedHttpOptions { Schemes = ["http"] });
        string[] answers =
        [
            .. await Task.WhenAll(new[] { "http://a.example.com/", "http://private.example.com/", "http://unknown.example.com/", "http://10.0.0.1/" }
                .Select(async url => (await FailsAsync(client, url)).ToString().Split('\n')[0])),
        ];
        Assert.Single(answers.Distinct());
        Assert.Contains(log.Seen, static line => line.Contains("10.0.0.1 (private use, RFC 1918)", StringComparison.Ordinal));
        Assert.Contains(log.Seen, static line => line.Contains("unknown.example.com", StringComparison.Ordinal));
        Assert.Contains(log.Seen, static line => line.Contains("HostNotFound", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(301, "GET", "GET")]
    [InlineData(302, "GET", "GET")]
    [InlineData(303, "GET", "GET")]
    [InlineData(307, "GET", "GET")]
    [InlineData(308, "GET", "GET")]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(303, "POST", "GET")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(302, "PUT", "PUT")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "POST", "POST")]
    [InlineData(303, "HEAD", "HEAD")]
    public async Task A_redirect_is_followed_by_the_rules_of_its_status(int status, string method, string then)
    {
        var server = new TinyServer(request => request.Contains(" /end ", StringComparison.Ordinal)
            ? (request.StartsWith("HEAD", StringComparison.Ordinal) ? TinyServer.Ok("")[..] : TinyServer.Ok("end"))
            : TinyServer.Redirect(status, "/end"));
        var client = Client(server);
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://a.example.com/start");
        request.Headers.Authorization = new("Bearer", "t");
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent("body");
        }

        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith(then + " /end ", server.Requests[^1], StringComparison.Ordinal);
        Assert.Equal(method == then && method is "POST" or "PUT" && then != "GET", server.Requests[^1].EndsWith("body", StringComparison.Ordinal));
        Assert.Contains("Authorization", server.Requests[^1], StringComparison.Ordinal);
        Assert.Equal("/end", response.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_posted_and_its_redirect_fetched()
    {
        var server = new TinyServer(static async (request, stream, stop) =>
        {
            while (request.StartsWith("POST", StringComparison.Ordinal) && !request.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
            {
                var buffer = new byte[65536];
                request += Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, stop));
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(request.StartsWith("POST", StringComparison.Ordinal) ? TinyServer.Redirect(303, "/end") : TinyServer.Ok("end")), stop);
        });
        var client = Client(server);
        using var body = new StreamContent(new OfUnknownLength());
        using var response = await client.PostAsync("http://a.example.com/start", body);
        Assert.Equal("end", await response.Content.ReadAsStringAsync());
        Assert.Contains("Transfer-Encoding: chunked", server.Requests[0], StringComparison.Ordinal);
        Assert.StartsWith("GET /end ", server.Requests[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_family_that_leads_nowhere_leaves_time_for_the_other()
    {
        _names.Names["many.example.com"] = ["2606:4700::1", "2606:4700::2", "2606:4700::3", "2606:4700::4", "93.184.216.34", "93.184.216.35"];
        var sockets = new SocketRecorder();
        using var urls = new UrlSecurity(null, TimeProvider.System, NullLoggerFactory.Instance, _names, sockets);
        using var client = new ConfinedHttp(urls).CreateClient();
        await FailsAsync(client, "https://many.example.com/");
        Assert.Equal(
            ["2606:4700::1", "93.184.216.34", "2606:4700::2", "93.184.216.35", "2606:4700::3", "2606:4700::4"],
            sockets.Attempts.Select(static attempt => attempt.Address.ToString()));
    }

    [Fact]
    public async Task Another_origin_sees_no_credential_whatever_its_header()
    {
        var server = new TinyServer(static request => request.Contains("Host: a.", StringComparison.Ordinal)
            ? TinyServer.Redirect(302, "http://b.example.com/end") : TinyServer.Ok("end"));
        var client = Client(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://a.example.com/start");
        foreach (var header in new[] { "Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key", "PRIVATE-TOKEN", "Referer", "Accept", "User-Agent" })
        {
            request.Headers.TryAddWithoutValidation(header, "value");
        }

        using var response = await client.SendAsync(request);
        Assert.Contains("X-Api-Key: value", server.Requests[0], StringComparison.Ordinal);
        foreach (var header in new[] { "Authorization", "Cookie", "Proxy-Authorization", "X-Api-Key", "PRIVATE-TOKEN", "Referer" })
        {
            Assert.DoesNotContain(header + ":", server.Requests[1], StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("Accept: value", server.Requests[1], StringComparison.Ordinal);
        Assert.Equal(["93.184.216.34", "93.184.216.35"], _sockets.Attempts.Select(static attempt => attempt.Address.ToString()));
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_body_is_not_handed_to_another_origin(int status)
    {
        var server = new TinyServer(_ => TinyServer.Redirect(status, "http://b.example.com/end"));
        var client = Client(server);
        await Assert.ThrowsAsync<UrlFailure>(() => client.PostAsync("http://a.example.com/start", new StringContent("secret")));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://2130706433/")]
    [InlineData("//127.0.0.1/")]
    [InlineData("///127.0.0.1/")]
    [InlineData("/\\127.0.0.1/")]
    [InlineData("\\\\127.0.0.1\\")]
    [InlineData("http:127.0.0.1")]
    [InlineData("http:/127.0.0.1")]
    [InlineData("http://private.example.com/")]
    [InlineData("http://localhost/")]
    [InlineData("http://user:x@b.example.com/")]
    [InlineData("http://b.example.com:22/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://b.example.com/")]
    [InlineData("gopher://127.0.0.1:6379/_INFO")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/plain,x")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    public async Task A_redirect_elsewhere_is_not_followed(string location)
    {
        _names.Names["private.example.com"] = ["192.168.0.1"];
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            var server = new TinyServer(_ => TinyServer.Redirect(status, location));
            var client = Client(server);
            Assert.Equal(UrlFailure.Uniform, (await FailsAsync(client, "http://a.example.com/")).Message);
            Assert.Equal("93.184.216.34:80", Assert.Single(_sockets.Attempts).ToString());
        }
    }

    [Fact]
    public async Task A_redirect_without_end_ends()
    {
        var server = new TinyServer(static _ => TinyServer.Redirect(302, "/again?next=https://b.example.com/"));
        await FailsAsync(Client(server), "http://a.example.com/");
        Assert.Equal(6, server.Requests.Count);

        var still = new TinyServer(static _ => TinyServer.Redirect(302, "/again"));
        using var response = await Client(still, new ConfinedHttpOptions { MaxRedirects = 0 }).GetAsync("http://a.example.com/");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
    }

    [Fact]
    public void A_redirect_from_https_to_http_is_refused_and_the_other_way_is_not()
    {
        var policy = UrlPolicy.Of(new SafeUrlAttribute { Schemes = ["http", "https"] }, null);
        Assert.Null(Next("https://a.example.com/", "http://a.example.com/", out var fault));
        Assert.Contains("https to http", fault, StringComparison.Ordinal);
        Assert.Equal("https://a.example.com/", Next("http://a.example.com/", "https://a.example.com/", out _)!.Value.Url.Text);

        (HttpRequestMessage Message, CheckedUrl Url)? Next(string from, string to, out string fault)
        {
            using var response = new HttpResponseMessage(HttpStatusCode.Redirect);
            response.Headers.TryAddWithoutValidation("Location", to);
            using var last = new HttpRequestMessage(HttpMethod.Get, from);
            return Redirect.Next(last, response, UrlSyntax.Parse(from, policy, out _)!, policy, out fault);
        }
    }

    [Fact]
    public async Task The_operators_hosts_bound_every_client_and_every_hop()
    {
        var server = new TinyServer(static _ => TinyServer.Redirect(302, "http://b.example.com/"));
        var client = Client(server, hosts: ["a.example.com"]);
        await FailsAsync(client, "http://a.example.com/");
        await FailsAsync(client, "http://b.example.com/");
        Assert.Equal("93.184.216.34", Assert.Single(_sockets.Attempts).Address.ToString());
        using var urls = new UrlSecurity([], TimeProvider.System, NullLoggerFactory.Instance, _names);
        Assert.Contains("McpSecurity:Hosts", Assert.Throws<McpSecurityConfigurationException>(() => new ConfinedHttp(urls).CreateClient()).Message, StringComparison.Ordinal);
        Assert.Throws<McpSecurityConfigurationException>(() => new ConfinedHttp(urls).CreateHandler(new ConfinedHttpOptions { Schemes = ["ftp"] }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_ends_at_the_bound(bool declared)
    {
        long sent = 0;
        var server = new TinyServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{(declared ? "Content-Length: 100000000\r\n" : "")}Connection: close\r\n\r\n"), stop);
            var block = new byte[65536];
            for (; sent < 100_000_000; sent += block.Length)
            {
                await stream.WriteAsync(block, stop);
            }
        });
        var client = Client(server, new ConfinedHttpOptions { MaxResponseBytes = 100_000 });
        Assert.Equal("The response is larger than 100000 bytes.", (await FailsAsync(client, "http://a.example.com/")).Message);
        Assert.True(sent < 20_000_000, sent.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(99_999, true)]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public async Task The_bound_is_exact(int length, bool fits)
    {
        var client = Client(new TinyServer(_ => TinyServer.Ok(new string('x', length))), new ConfinedHttpOptions { MaxResponseBytes = 100_000 });
        if (fits)
        {
            Assert.Equal(length, (await client.GetStringAsync("http://a.example.com/")).Length);
        }
        else
        {
            await FailsAsync(client, "http://a.example.com/");
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_small_body_that_unpacks_to_a_large_one_ends_at_the_bound(string encoding)
    {
        var packed = new MemoryStream();
        await using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true),
        })
        {
            var zeros = new byte[1 << 20];
            for (var index = 0; index < 64; index++)
            {
                await pack.WriteAsync(zeros);
            }
        }

        var bytes = packed.ToArray();
        Assert.True(bytes.Length < 1_000_000);
        var server = new TinyServer(async (_, stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n"), stop);
            await stream.WriteAsync(bytes, stop);
        });
        var client = Client(server, new ConfinedHttpOptions { MaxResponseBytes = 1_000_000 });
        using var response = await client.GetAsync("http://a.example.com/", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[8192];
        long read = 0;
        await Assert.ThrowsAsync<UrlFailure>(async () =>
        {
            for (int count; (count = await body.ReadAsync(buffer)) > 0; read += count)
            {
            }
        });
        Assert.True(read <= 1_000_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slow_answer_ends_in_time(bool slowHead)
    {
        var server = new TinyServer(async (_, stream, stop) =>
        {
            if (!slowHead)
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
            }

            for (var index = 0; index < 1000; index++)
            {
                await stream.WriteAsync(slowHead ? "H"u8.ToArray() : "x"u8.ToArray(), stop);
                await Task.Delay(50, stop);
            }
        });
        var client = Client(server, new ConfinedHttpOptions { Timeout = TimeSpan.FromMilliseconds(400) });
        var failing = FailsAsync(client, "http://a.example.com/");
        Assert.Equal(UrlFailure.Uniform, (await failing.WaitAsync(TimeSpan.FromSeconds(15))).Message);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        var server = new TinyServer(static _ => "HTTP/1.1 200 OK\r\nX: " + new string('x', 200_000) + "\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(UrlFailure.Uniform, (await FailsAsync(Client(server), "http://a.example.com/")).Message);
    }

    [Fact]
    public async Task A_resolver_that_hangs_ends_in_time()
    {
        var sockets = new SocketRecorder();
        using var urls = new UrlSecurity(null, TimeProvider.System, NullLoggerFactory.Instance, new HangingResolver(), sockets);
        using var client = new ConfinedHttp(urls).CreateClient(new ConfinedHttpOptions { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(UrlFailure.Uniform, (await FailsAsync(client, "https://a.example.com/").WaitAsync(TimeSpan.FromSeconds(10))).Message);
        Assert.Empty(sockets.Attempts);
    }

    [Fact]
    public async Task A_request_cannot_carry_what_would_lead_it_elsewhere()
    {
        var server = new TinyServer(static _ => TinyServer.Ok("hello", "Alt-Svc: h3=\"127.0.0.1:443\"\r\n"));
        var client = Client(server);
        foreach (var change in new Action<HttpRequestMessage>[]
        {
            static request => request.Headers.Host = "internal",
            static request => request.Method = HttpMethod.Connect,
            static request => request.Method = HttpMethod.Trace,
            static request => request.Headers.TryAddWithoutValidation("X-A", "b\r\nHost: internal"),
            static request => request.Headers.Upgrade.ParseAdd("h2c"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://a.example.com/");
            change(request);
            await Assert.ThrowsAsync<UrlFailure>(() => client.SendAsync(request));
        }

        Assert.Empty(_sockets.Attempts);

        // HTTP/3 would connect around the check: it is not used even when asked for.
        using var third = new HttpRequestMessage(HttpMethod.Get, "http://a.example.com/") { Version = HttpVersion.Version30, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.SendAsync(third);
        Assert.Equal(HttpVersion.Version11, answer.Version);
        Assert.Single(_sockets.Attempts);
    }

    [Fact]
    public async Task The_proxy_of_the_environment_is_not_used()
    {
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:9");
        try
        {
            Assert.Equal("hello", await Client(new TinyServer(static _ => TinyServer.Ok("hello"))).GetStringAsync("http://a.example.com/"));
            Assert.Equal("93.184.216.34:80", Assert.Single(_sockets.Attempts).ToString());
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    [Fact]
    public async Task A_cookie_that_is_set_does_not_come_back()
    {
        var server = new TinyServer(static _ => TinyServer.Ok("hello", "Set-Cookie: a=b\r\n"));
        var client = Client(server);
        await client.GetStringAsync("http://a.example.com/");
        await client.GetStringAsync("http://a.example.com/");
        Assert.DoesNotContain("Cookie", server.Requests[1], StringComparison.Ordinal);
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Seen { get; } = new();

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Seen.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }

    /// <summary>A few bytes whose number nobody knows beforehand.</summary>
    private sealed class OfUnknownLength : MemoryStream
    {
        public OfUnknownLength()
            : base("[1,2,3]"u8.ToArray())
        {
        }

        public override bool CanSeek => false;
    }
}
