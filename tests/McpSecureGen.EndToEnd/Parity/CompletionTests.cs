using System.ComponentModel.DataAnnotations;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.SdkAlone;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>Completion of allowed values and enum members: as by the SDK alone, for those who may use the prompt or resource.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData(true, "completed", "word", "")]
    [InlineData(true, "completed", "word", "AL")]
    [InlineData(true, "completed", "word", "zz")]
    [InlineData(true, "completed", "colour", "")]
    [InlineData(true, "completed", "colour", "g")]
    [InlineData(true, "completed", "maybe", "b")]
    [InlineData(true, "completed", "spelt", "f")]
    [InlineData(true, "completed", "free", "a")]
    [InlineData(true, "completed", "nothing", "a")]
    [InlineData(false, "completed://{word}/{colour}", "word", "b")]
    [InlineData(false, "completed://{word}/{colour}", "colour", "")]
    [InlineData(false, "completed://{word}/{colour}", "colour", "R")]
    public async Task Completion_is_as_by_the_SDK_alone(bool isPrompt, string reference, string argument, string value)
    {
        await using var secured = await StartAsync();
        await using var alone = await UnsecuredServer.StartAsync(
            [],
            typeof(CompletedPrompts).GetMethods().Where(static m => m.IsDefined(typeof(McpServerPromptAttribute), false)),
            typeof(CompletedResources).GetMethods().Where(static m => m.IsDefined(typeof(McpServerResourceAttribute), false)));

        var expected = await CompleteAsync(alone.Client, isPrompt, reference, argument, value, null);
        var answer = await CompleteAsync(secured.Client, isPrompt, reference, argument, value, Issuer.Token("read:files"));

        Assert.Equal(expected.Completion.Values, answer.Completion.Values);
        Assert.Equal(expected.Completion.Total ?? 0, answer.Completion.Total ?? 0);
        Assert.Equal(expected.Completion.HasMore ?? false, answer.Completion.HasMore ?? false);
    }

    [Theory]
    [InlineData(true, "completed", "word", "env:read")]
    [InlineData(false, "completed://{word}/{colour}", "word", "env:read")]
    [InlineData(true, "completed", "word", null)]
    public async Task Who_may_not_use_it_learns_no_values(bool isPrompt, string reference, string argument, string? scope)
    {
        await using var secured = await StartAsync();

        var error = await Assert.ThrowsAsync<McpProtocolException>(() =>
            CompleteAsync(secured.Client, isPrompt, reference, argument, "", scope is null ? null : Issuer.Token(scope)));

        Assert.DoesNotContain("alpha", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sensitive_argument_is_not_completed()
    {
        await using var secured = await StartAsync();

        Assert.Empty((await CompleteAsync(secured.Client, true, "guarded", "word", "", Issuer.Token("read:files"))).Completion.Values);
    }

    private static Task<TestServer> StartAsync() =>
        TestServer.StartAsync(static builder => builder.WithPrompts<CompletedPrompts>().WithPrompts<GuardedPrompts>().WithResources<CompletedResources>());

    private static async Task<CompleteResult> CompleteAsync(McpClient client, bool isPrompt, string reference, string argument, string value, string? token) =>
        await client.CompleteAsync(new CompleteRequestParams
        {
            Ref = isPrompt ? new PromptReference { Name = reference } : new ResourceTemplateReference { Uri = reference },
            Argument = new Argument { Name = argument, Value = value },
            Meta = TestServer.Meta(token),
        });
}

[RequiresCapability("read:files")]
public sealed class CompletedPrompts
{
    [McpServerPrompt]
    public static string Completed([AllowedValues("alpha", "beta", "alto")] string word, Colour colour, Spelt spelt, string free, Colour? maybe = null) =>
        $"{word} {colour} {spelt} {free} {maybe}";
}

[RequiresCapability("read:files")]
public sealed class GuardedPrompts
{
    [McpServerPrompt]
    public static string Guarded([Sensitive, AllowedValues("alpha", "beta")] string word) => word;
}

[RequiresCapability("read:files")]
public sealed class CompletedResources
{
    [McpServerResource(UriTemplate = "completed://{word}/{colour}")]
    public static string Completed([AllowedValues("alpha", "beta")] string word, Colour colour) => $"{word} {colour}";
}
