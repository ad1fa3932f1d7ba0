using System.Net;
using McpSecureGen.Tests.Validation.Urls.Support;
using McpSecureGen.Validation.Urls;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Validation.Urls;

public sealed class ConfinedContentTests
{
    [Fact]
    public async Task The_end_of_the_time_disposes_nothing_beneath_a_read_and_everything_after_it()
    {
        using var limit = new CancellationTokenSource();
        var inner = new AtWork();
        var owner = new StreamContent(inner);
        _ = await owner.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var stream = new ConfinedStream(inner, owner, 100, limit);

        var read = stream.ReadAsync(new byte[10], TestContext.Current.CancellationToken).AsTask();
        await limit.CancelAsync();
        Assert.False(inner.IsDisposed);

        inner.Ready.SetException(new OperationCanceledException());
        await Assert.ThrowsAsync<UrlFailure>(() => read);
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public async Task A_forgotten_response_is_disposed_at_the_end_of_the_time()
    {
        using var limit = new CancellationTokenSource();
        var inner = new AtWork();
        var owner = new StreamContent(inner);
        _ = await owner.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var stream = new ConfinedStream(inner, owner, 100, limit);
        await limit.CancelAsync();
        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public async Task The_length_of_a_body_that_does_not_come_refuses_nothing()
    {
        using var server = new TinyServer(static _ => "HTTP/1.1 304 Not Modified\r\nContent-Length: 20000000\r\nConnection: close\r\n\r\n");
        using var urls = Urls(server);
        using var client = new ConfinedHttp(urls).CreateClient(new ConfinedHttpOptions { Schemes = ["http"] });
        using var response = await client.GetAsync("http://a.example.com/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
    }

    [Theory]
    [InlineData("utf-7", "a+b")]
    [InlineData("made-up", "ä")]
    [InlineData("utf-8", "ä")]
    public async Task A_text_is_read_whatever_character_set_its_server_names(string name, string text)
    {
        using var server = new TinyServer(_ => TinyServer.Ok(text, $"Content-Type: text/plain; charset={name}\r\n"));
        using var urls = Urls(server);
        var way = urls.WayOutFor(new ConfinedHttpOptions { Schemes = ["http"] });
        Assert.Equal(text, await ConfinedUrl.Checked(new Uri("http://a.example.com/"), way).GetStringAsync(TestContext.Current.CancellationToken));
    }

    private static UrlSecurity Urls(TinyServer server) => new(
        null, TimeProvider.System, NullLoggerFactory.Instance, new FakeResolver { Names = { ["a.example.com"] = ["93.184.216.34"] } }, new SocketRecorder(server.Port));

    /// <summary>A stream like a decompressor: in the middle of a read it looks at no token.</summary>
    private sealed class AtWork : MemoryStream
    {
        public TaskCompletionSource<int> Ready { get; } = new();

        public bool IsDisposed { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Ready.Task);

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
