using System.Net;
using System.Text.Json;
using McpSecureGen.HostileInput.Support;
using McpSecureGen.Tests.Validation.Urls.Support;
using McpSecureGen.Validation.Urls;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.HostileInput.Urls;

/// <summary>A running server with the URL tools, names that answer as the attackers' do, and a recorder in the place of the network.</summary>
internal sealed class UrlServer : IAsyncDisposable
{
    private readonly TinyServer _web;
    private readonly TestServer _server;
    private (string Token, DateTime Until) _token;

    private UrlServer(TinyServer web, TestServer server, SocketRecorder sockets, Effects effects) =>
        (_web, _server, Sockets, Effects) = (web, server, sockets, effects);

    public SocketRecorder Sockets { get; }

    public Effects Effects { get; }

    public TestServer Server => _server;

    public static async Task<UrlServer> StartAsync(
        IHostAddressResolver? names = null, Func<string, string>? answer = null, Action<Dictionary<string, string?>>? settings = null)
    {
        names ??= new FakeResolver(static (host, _) => [AddressOf(host)]);
        var web = new TinyServer(answer ?? (static _ => TinyServer.Ok("fetched")));
        var (sockets, effects) = (new SocketRecorder(web.Port), new Effects());
        var server = await TestServer.StartAsync(
            static builder => builder.WithTools<UrlTools>(),
            services => services.AddSingleton(names).AddSingleton<IAddressDialer>(sockets).AddSingleton(sockets).AddSingleton(effects).AddSingleton<PlainWeb>(),
            settings);
        return new UrlServer(web, server, sockets, effects);
    }

    /// <summary>Names in the lists that point inside do so here as well; all others have one public address.</summary>
    public static IPAddress AddressOf(string host) => IPAddress.Parse(
        host.Contains("127.0.0.1", StringComparison.Ordinal) || host.Contains("localhost", StringComparison.Ordinal) || host.Contains("localtest", StringComparison.Ordinal) ||
        host.Contains("sentinel", StringComparison.Ordinal) || host.Contains("xip.io", StringComparison.Ordinal) || !host.Contains('.', StringComparison.Ordinal) ? "127.0.0.1"
        : host.Contains("169.254", StringComparison.Ordinal) || host.Contains("metadata", StringComparison.Ordinal) || host.EndsWith(".internal", StringComparison.Ordinal) ? "169.254.169.254"
        : "93.184.216.34");

    public async Task<CallToolResult?> CallAsync(string tool, string url, string parameter = "url")
    {
        var token = _token;
        if (token.Until < DateTime.UtcNow)
        {
            _token = token = (Issuer.Token("net:access"), DateTime.UtcNow.AddMinutes(2));
        }

        try
        {
            return await _server.CallAsync(tool, JsonSerializer.Serialize(new Dictionary<string, string> { [parameter] = url }), token.Token);
        }
        catch (McpException)
        {
            return null;
        }
    }

    /// <summary>One payload through one tool: what happened at the sockets is what counts.</summary>
    public async Task<Verdict> TryAsync(string tool, string payload, string parameter = "url")
    {
        Sockets.Clear();
        var result = await CallAsync(tool, payload, parameter);
        return Sockets.NotPublic.Any() ? Verdict.Escaped : result is { IsError: not true } ? Verdict.Harmless : Verdict.Refused;
    }

    /// <summary>Many payloads of one list through one tool, some at a time; where a socket went wrong, those again one by one, to know which it was.</summary>
    public async Task TryAllAsync(Verdicts verdicts, string list, string tool, string parameter, IEnumerable<string> payloads)
    {
        foreach (var some in payloads.Chunk(64))
        {
            Sockets.Clear();
            var results = await Task.WhenAll(some.Select(payload => CallAsync(tool, payload, parameter)));
            var escaped = Sockets.NotPublic.Any();
            for (var index = 0; index < some.Length; index++)
            {
                verdicts.Add(
                    list, some[index], escaped ? await TryAsync(tool, some[index], parameter) : results[index] is { IsError: not true } ? Verdict.Harmless : Verdict.Refused);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _web.Dispose();
    }
}
