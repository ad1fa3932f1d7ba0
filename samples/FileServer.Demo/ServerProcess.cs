using System.Text.Json.Nodes;
using McpSecureGen.Identity;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace FileServer.Demo;

/// <summary>The file server in a process of its own, and the client that speaks to it over its standard input and output.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly McpClient _client;

    private ServerProcess(McpClient client) => _client = client;

    /// <summary>How many requests were made that the server must have on the record.</summary>
    public int Attempts { get; private set; }

    /// <summary>The settings of the server, as environment variables.</summary>
    public static Dictionary<string, string?> Settings(DemoFolder folder) => new()
    {
        ["McpSecurity__Authentication__Issuer"] = TokenIssuer.Issuer,
        ["McpSecurity__Authentication__KeyFile"] = folder.KeyFile,
        ["McpSecurity__Roots__workspace"] = folder.Workspace,
        ["McpSecurity__Audit__Path"] = folder.AuditLog,

        // The SDK logs each refusal with its stack. Here refusals are the point, and the audit log has them.
        ["Logging__LogLevel__ModelContextProtocol"] = "Critical",
    };

    public static async Task<ServerProcess> StartAsync(Dictionary<string, string?> settings, Action<string> onStandardError)
    {
        // Of this process's environment only what every program needs: a token that happens to be set here must not count there.
        var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "FileServer",
            Command = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "FileServer.dll")],
            InheritEnvironmentVariables = false,
            EnvironmentVariables = environment,
            StandardErrorLines = onStandardError,
        });
        return new ServerProcess(await McpClient.CreateAsync(transport));
    }

    public Task<Reply> ToolAsync(string? token, string name, Dictionary<string, object?> arguments) =>
        ReplyOf(async () => Reply.Of(await _client.CallToolAsync(name, arguments, options: With(token))));

    public Task<Reply> ToolsAsync(string? token) =>
        ReplyOf(async () => Reply.Allowed((await _client.ListToolsAsync(With(token))).Select(static tool => tool.Name)));

    public Task<Reply> PromptsAsync(string? token) =>
        ReplyOf(async () => Reply.Allowed((await _client.ListPromptsAsync(With(token))).Select(static prompt => prompt.Name)));

    public Task<Reply> TemplatesAsync(string? token) =>
        ReplyOf(async () => Reply.Allowed((await _client.ListResourceTemplatesAsync(With(token))).Select(static template => template.UriTemplate)));

    public Task<Reply> PromptAsync(string? token, string name, Dictionary<string, object?> arguments) =>
        ReplyOf(async () => Reply.Of(await _client.GetPromptAsync(name, arguments, With(token))));

    public Task<Reply> ResourceAsync(string? token, string uri) =>
        ReplyOf(async () => Reply.Of(await _client.ReadResourceAsync(uri, With(token))));

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static RequestOptions With(string? token) =>
        new() { Meta = token is null ? null : new JsonObject { [CallMetaCredential.MetaKey] = token } };

    private async Task<Reply> ReplyOf(Func<Task<Reply>> request)
    {
        Attempts++;
        try
        {
            return await request();
        }
        catch (McpProtocolException refusal)
        {
            return Reply.Of(refusal);
        }
    }
}
