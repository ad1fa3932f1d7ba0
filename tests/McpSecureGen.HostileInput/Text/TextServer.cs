using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpSecureGen.HostileInput.Text;

/// <summary>A running server with tools for text, and a caller who may use them.</summary>
internal sealed class TextServer : IAsyncDisposable
{
    private readonly TestServer _server;
    private string _token = "";
    private DateTimeOffset _renewal;

    private TextServer(TestServer server, TextSinks sinks) => (_server, Sinks) = (server, sinks);

    public TextSinks Sinks { get; }

    public static async Task<TextServer> StartAsync()
    {
        var sinks = new TextSinks();
        return new TextServer(await TestServer.StartAsync(static b => b.WithTools<TextTools>(), services => services.AddSingleton(sinks)), sinks);
    }

    /// <summary>Calls a tool; null where it was refused, and <c>error</c> where the database said no.</summary>
    public async Task<string?> CallAsync(string tool, string parameter, object value)
    {
        if (DateTimeOffset.UtcNow > _renewal)
        {
            (_token, _renewal) = (Issuer.Token("write:files db:access"), DateTimeOffset.UtcNow.AddMinutes(2));
        }

        try
        {
            var result = await _server.CallAsync(tool, JsonSerializer.Serialize(new Dictionary<string, object> { [parameter] = value }), _token);
            var text = TestServer.Text(result);
            return result.IsError is not true ? text : text.Contains("An error occurred", StringComparison.Ordinal) ? "error" : null;
        }
        catch (McpProtocolException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Sinks.Dispose();
    }
}
