using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using McpSecureGen.RawTools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>
/// The only two ends a route may have: a secured primitive, or a refusal that says what to do. Each is shown by effects: what was refused has
/// not run, what was allowed has run once, and nothing unsecured ever runs.
/// </summary>
internal static class Ends
{
    /// <summary>The tool is secured: refused without a token and without the capability, runs with it.</summary>
    public static Task InSecuredToolAsync(
        TestServer server, string tool = "route_static", string says = "{0}", string capability = "read:files", Func<string, int>? effects = null) =>
        InSecuredAsync(
            async (text, token) => TestServer.Text(await server.CallAsync(tool, $$"""{"text":"{{text}}"}""", token)), says, capability, effects);

    public static Task InSecuredPromptAsync(
        TestServer server, string prompt = "route_prompt_static", string says = "{0}", string capability = "read:files", Func<string, int>? effects = null) =>
        InSecuredAsync(async (text, token) => Text(await GetPromptAsync(server, prompt, text, token)), says, capability, effects);

    public static Task InSecuredResourceAsync(
        TestServer server, string prefix = "route://static/", string says = "{0}", string capability = "read:files", Func<string, int>? effects = null) =>
        InSecuredAsync(async (text, token) => Text(await ReadAsync(server, prefix + text, token)), says, capability, effects, AnswersLikeUnknownUri);

    /// <summary>The whole of it in one: registers, starts, and finds the tool secured.</summary>
    public static async Task InSecuredToolAsync(Action<IMcpServerBuilder> register, string tool = "route_static", string says = "{0}", Action<IServiceCollection>? services = null)
    {
        await using var server = await TestServer.StartAsync(register, services ?? AddVoice);
        await InSecuredToolAsync(server, tool, says);
    }

    public static async Task InSecuredPromptAsync(Action<IMcpServerBuilder> register, string prompt = "route_prompt_static", string says = "{0}")
    {
        await using var server = await TestServer.StartAsync(register, AddVoice);
        await InSecuredPromptAsync(server, prompt, says);
    }

    public static async Task InSecuredResourceAsync(Action<IMcpServerBuilder> register, string prefix = "route://static/", string says = "{0}")
    {
        await using var server = await TestServer.StartAsync(register, AddVoice);
        await InSecuredResourceAsync(server, prefix, says);
    }

    /// <summary>The server does not start, and the message holds what its author needs.</summary>
    public static async Task InNoStartAsync(Action<IMcpServerBuilder> register, params string[] mentions)
    {
        foreach (var createdBySdk in new[] { false, true })
        {
            await InNoStartAsync(() => TestServer.StartAsync(register, AddVoice, createdBySdk: createdBySdk), mentions);
        }
    }

    public static async Task InNoStartAsync(Func<Task> start, params string[] mentions)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(start);

        Assert.All(mentions, mention => Assert.Contains(mention, error.Message, StringComparison.Ordinal));
        NothingUnsecuredRan();
    }

    /// <summary>The SDK's own answer for a name it does not know.</summary>
    public static async Task InUnknownToolAsync(TestServer server, string tool, string arguments = "{}", string capability = "read:files")
    {
        var error = await Assert.ThrowsAsync<McpProtocolException>(async () => await server.CallAsync(tool, arguments, Issuer.Token(capability)));

        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
        Assert.Contains($"Unknown tool: '{tool}'", error.Message, StringComparison.Ordinal);
        NothingUnsecuredRan();
    }

    public static void NothingUnsecuredRan() => Assert.Empty(RawEffects.All);

    public static void AddVoice(IServiceCollection services) => services.AddSingleton(new Voice());

    public static ValueTask<GetPromptResult> GetPromptAsync(TestServer server, string prompt, string text, string? token) =>
        server.Client.GetPromptAsync(new GetPromptRequestParams
        {
            Name = prompt,
            Arguments = new Dictionary<string, System.Text.Json.JsonElement> { ["text"] = System.Text.Json.JsonSerializer.SerializeToElement(text) },
            Meta = TestServer.Meta(token),
        });

    public static ValueTask<ReadResourceResult> ReadAsync(TestServer server, string uri, string? token) =>
        server.Client.ReadResourceAsync(new ReadResourceRequestParams { Uri = uri, Meta = TestServer.Meta(token) });

    public static string NewText() => "t" + Guid.NewGuid().ToString("N");

    private static string Text(GetPromptResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Messages).Content).Text;

    private static string Text(ReadResourceResult result) => Assert.IsType<TextResourceContents>(Assert.Single(result.Contents)).Text;

    private static void MissesCapability(McpProtocolException error) => Assert.Equal(RefusalCodes.InsufficientCapability, (int)error.ErrorCode);

    /// <summary>Whether a resource exists is a secret to those who may not read it.</summary>
    private static void AnswersLikeUnknownUri(McpProtocolException error)
    {
        Assert.Contains(error.ErrorCode, (McpErrorCode[])[McpErrorCode.ResourceNotFound, McpErrorCode.InvalidParams]);
        Assert.Contains("Unknown resource URI: '", error.Message, StringComparison.Ordinal);
        Assert.Empty(error.Data);
    }

    private static async Task InSecuredAsync(
        Func<string, string?, Task<string>> use, string says, string capability, Func<string, int>? effects, Action<McpProtocolException>? forbiddenIs = null)
    {
        effects ??= RouteEffects.CountOf;
        var text = NewText();
        var anonymous = await Assert.ThrowsAsync<McpProtocolException>(() => use(text, null));
        var forbidden = await Assert.ThrowsAsync<McpProtocolException>(() => use(text, Issuer.Token("net:access")));

        Assert.Equal(RefusalCodes.Unauthenticated, (int)anonymous.ErrorCode);
        (forbiddenIs ?? MissesCapability)(forbidden);
        Assert.Equal(0, effects(text));

        Assert.Equal(says.Replace("{0}", text, StringComparison.Ordinal), await use(text, Issuer.Token(capability)));
        Assert.Equal(1, effects(text));
        NothingUnsecuredRan();
    }
}
