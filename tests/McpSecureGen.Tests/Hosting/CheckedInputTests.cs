using System.Text;
using McpSecureGen.Hosting.Envelope;
using McpSecureGen.Hosting.Transport;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Tests.Hosting;

public sealed class CheckedInputTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";
    private const string Twice = """{"jsonrpc":"2.0","id":2,"method":"ping","method":"tools/call"}""";

    private readonly List<(EnvelopeFault Fault, RequestId Id)> _refused = [];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Good_lines_pass_byte_for_byte_whatever_the_buffer(int size)
    {
        var text = string.Concat(Enumerable.Range(0, 20).Select(i => $$$"""{"jsonrpc":"2.0","id":{{{i}}},"method":"tools/call","params":{"name":"é{{{new string('x', i * 50)}}}"}}""" + "\n"));
        Assert.Equal(text, await ReadAsync(text, size));
        Assert.Empty(_refused);
    }

    [Fact]
    public async Task Bad_line_is_refused_once_and_the_next_one_passes()
    {
        Assert.Equal($"{Ping}\n{Ping}\n", await ReadAsync($"{Ping}\n{Twice}\n[{Ping}]\n\n \r\n{Ping}\n"));
        Assert.Equal([-32600, -32600], _refused.Select(static refused => (int)refused.Fault.Code));
        Assert.Equal(new RequestId(2), _refused[0].Id);
    }

    [Fact]
    public async Task Line_that_is_too_long_is_let_go_of_and_the_next_one_passes()
    {
        var text = $"{Ping}\n{new string('x', 300_000)}\n{Ping}\n";
        Assert.Equal($"{Ping}\n{Ping}\n", await ReadAsync(text, maxLineBytes: 1_000));
        Assert.Equal("The message is too large.", Assert.Single(_refused).Fault.Message);
    }

    [Fact]
    public async Task Line_of_just_the_greatest_length_passes()
    {
        Assert.Equal(Ping + "\n", await ReadAsync(Ping + "\n", maxLineBytes: Ping.Length));
        Assert.Equal("", await ReadAsync(Ping + "\n", maxLineBytes: Ping.Length - 1));
    }

    [Fact]
    public async Task Last_line_needs_no_line_end() => Assert.Equal($"{Ping}\n{Ping}\n", await ReadAsync($"{Ping}\n{Ping}"));

    [Fact]
    public async Task Line_end_of_windows_and_a_leading_byte_order_mark_pass() => Assert.Equal($"{Ping}\r\n{Ping}\n", await ReadAsync($"\uFEFF{Ping}\r\n{Ping}\n"));

    [Fact]
    public async Task Message_within_a_message_that_a_reader_of_lines_would_take_for_its_own_is_refused()
    {
        const string Inner = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"NAME":"danger"}}""";
        var text = $$$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"x":""" + "\r" + Inner + "\r}}}\n";
        Assert.Equal($"{Ping}\r\r\n", await ReadAsync(text + $"{Ping}\r\r\n"));
        Assert.Equal("Line", Assert.Single(_refused).Fault.Rule);
        Assert.Equal(new RequestId(1), _refused[0].Id);
    }

    [Fact]
    public async Task Byte_order_mark_inside_is_refused()
    {
        Assert.Equal($"{Ping}\n", await ReadAsync($"{Ping}\n\uFEFF{Ping}\n"));
        Assert.Single(_refused);
    }

    [Fact]
    public async Task When_the_refusal_breaks_nothing_passes()
    {
        await using var input = new CheckedInput(
            new MemoryStream(Encoding.UTF8.GetBytes($"{Twice}\n{Ping}\n")), 1_000, static (_, _, _) => throw new InvalidOperationException("broken"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new StreamReader(input).ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Waiting_for_a_line_ends_with_the_cancellation()
    {
        await using var input = new CheckedInput(new System.IO.Pipelines.Pipe().Reader.AsStream(), 1_000, Refuse);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new StreamReader(input).ReadLineAsync(stop.Token));
    }

    private async Task<string> ReadAsync(string text, int size = 4096, int maxLineBytes = 1_000_000)
    {
        _refused.Clear();
        await using var input = new CheckedInput(new MemoryStream(Encoding.UTF8.GetBytes(text)), maxLineBytes, Refuse);
        var all = new MemoryStream();
        var buffer = new byte[size];
        while (await input.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    private ValueTask Refuse(EnvelopeFault fault, RequestId id, CancellationToken cancellationToken)
    {
        _refused.Add((fault, id));
        return default;
    }
}
