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

    public static async Task<ServerProcess> StartAsync(DemoFolder folder, Dictionary<string, string> ambient)
    {
        var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
        environment["McpSecurity__Authentication__Issuer"] = TokenIssuer.Issuer;
        environment["McpSecurity__Authentication__KeyFile"] = folder.KeyFile;
        environment["McpSecurity__Roots__workspace"] = folder.Workspace;
        environment["McpSecurity__Audit__Path"] = folder.AuditLog;

        // The SDK logs each refusal with its stack. Here refusals are the point, and the audit log has them.
        environment["Logging__LogLevel__ModelContextProtocol"] = "Critical";
        foreach (var (name, value) in ambient)
        {
            environment[name] = value;
        }

        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "FileServer",
            Command = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "FileServer.dll")],

            // Nothing of this process's environment but the names every program needs: a token that happens to be set here must not count there.
            InheritEnvironmentVariables = false,
            EnvironmentVariables = environment,
            StandardErrorLines = static line => Console.Error.WriteLine("server: " + line),
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
