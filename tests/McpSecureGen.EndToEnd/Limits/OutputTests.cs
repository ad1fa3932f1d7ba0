using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Invocation;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.EndToEnd.Limits;

/// <summary>A result that is too long is withheld as a whole, wherever in it the length lies.</summary>
public sealed class OutputTests
{
    [Theory]
    [InlineData("out_text", 10)]
    [InlineData("out_more", 20)]
    [InlineData("out_structured", 10)]
    [InlineData("out_image", 10)]
    [InlineData("out_embedded", 10)]
    public async Task Given_a_result_one_too_long_then_nothing_of_it_leaves_and_one_that_fits_does(string tool, int limit)
    {
        await using var server = await StartAsync();

        var fits = await CallAsync(server, tool, limit);
        var over = await CallAsync(server, tool, limit + 1);

        Assert.NotEqual(true, fits.IsError);
        Assert.True(over.IsError);
        Assert.Equal($"The result was longer than {limit} characters.", TestServer.Text(over));
        Assert.Null(over.StructuredContent);
        Assert.Single(over.Content);
        Assert.Equal(["succeeded", "output_refused"], Attempts.Ends(server));
        Assert.Equal(limit + 1, Attempts.Records(server)[1].GetProperty("resultLength").GetInt32());
    }

    [Fact]
    public async Task Given_a_sensitive_result_then_its_length_is_not_recorded()
    {
        await using var server = await StartAsync();

        Assert.True((await CallAsync(server, "out_secret", 11)).IsError);

        var record = Assert.Single(Attempts.Records(server));
        Assert.Equal("output_refused", record.GetProperty("outcome").GetString());
        Assert.False(record.TryGetProperty("resultLength", out _));
    }

    [Fact]
    public async Task Given_an_error_text_that_is_too_long_then_it_does_not_leave()
    {
        await using var server = await StartAsync();

        var result = await CallAsync(server, "out_error", 500);
        var shorter = await CallAsync(server, "out_error", 10);

        Assert.True(result.IsError);
        Assert.DoesNotContain("sss", TestServer.Text(result), StringComparison.Ordinal);
        Assert.Contains("ssssssssss", TestServer.Text(shorter), StringComparison.Ordinal);
        Assert.Equal(["failed", "failed"], Attempts.Ends(server));
    }

    [Fact]
    public async Task Given_a_prompt_or_resource_then_the_answer_is_an_error_of_the_protocol()
    {
        await using var server = await StartAsync();

        await PromptAsync(server, 10);
        var prompt = await Assert.ThrowsAsync<McpProtocolException>(() => PromptAsync(server, 11));
        await ReadAsync(server, 2);
        var resource = await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(server, 11));

        Assert.Equal(RefusalCodes.LimitExceeded, (int)prompt.ErrorCode);
        Assert.Equal("output_refused", prompt.Data["reason"]);
        Assert.Equal(RefusalCodes.LimitExceeded, (int)resource.ErrorCode);
        Assert.Equal(["succeeded", "output_refused"], Attempts.Ends(server, "prompts/get"));
        Assert.Equal(["succeeded", "output_refused"], Attempts.Ends(server, "resources/read"));
    }

    [Fact]
    public async Task Given_a_default_limit_then_it_bounds_what_has_none_of_its_own()
    {
        await using var server = await TestServer.StartAsync(
            static b => b.WithTools<FreeTools>(), static s => s.AddSingleton<Effects>(), static s => s["McpSecurity:Limits:MaxOutputCharacters"] = "2");

        Assert.Equal("The result was longer than 2 characters.", TestServer.Text(await server.CallAsync("free", token: Issuer.Token("read:files"))));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(static b =>
    {
        b.WithTools([typeof(OutputTools)]);
        b.WithPrompts([typeof(OutputTools)]);
        b.WithResources([typeof(OutputTools)]);
    });

    private static async Task<CallToolResult> CallAsync(TestServer server, string tool, int length) =>
        await server.CallAsync(tool, $$"""{"length":{{length}}}""", Issuer.Token("read:files"));

    private static async Task PromptAsync(TestServer server, int length) => await server.Client.GetPromptAsync(new GetPromptRequestParams
    {
        Name = "out_prompt",
        Arguments = new Dictionary<string, System.Text.Json.JsonElement> { ["length"] = System.Text.Json.JsonElement.Parse($"\"{length}\"") },
        Meta = TestServer.Meta(Issuer.Token("read:files")),
    });

    private static async Task ReadAsync(TestServer server, int length) => await server.Client.ReadResourceAsync(new ReadResourceRequestParams
    {
        Uri = $"out://{length}",
        Meta = TestServer.Meta(Issuer.Token("read:files")),
    });
}
