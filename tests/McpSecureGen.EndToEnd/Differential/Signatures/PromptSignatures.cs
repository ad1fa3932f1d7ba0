using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>Prompts: the protocol gives every argument as a string.</summary>
[RequiresCapability("read:files")]
internal sealed class PromptSignatures(Clerk clerk)
{
    [McpServerPrompt(Title = "A title"), Description("Text."), Sample("""{"value":"a"}"""), Refused("{}", "value", "Required")]
    [Refused("""{"value":"a","other":"b"}""", "other", "Unknown")]
    public static string PromptText([Description("Its text.")] string value) => Effect.Of([value]);

    [McpServerPrompt, Sample("""{"value":"5"}"""), Refused("""{"value":"five"}""", "value", "Type"), Refused("""{"value":"5.5"}""", "value", "Type")]
    [Refused("""{"value":" 5"}""", "value", "Type"), Refused("""{"value":"99999999999"}""", "value", "Type")]
    public static string PromptNumber(int value) => Effect.Of([value]);

    [McpServerPrompt, Sample("""{"value":"Green"}"""), Refused("""{"value":"green"}""", "value", "Enum"), Refused("""{"value":"9"}""", "value", "Enum")]
    public static string PromptEnum(Colour value) => Effect.Of([value]);

    [McpServerPrompt, Sample("{}"), Sample("""{"value":"Red"}""")]
    public static string PromptMaybeEnum(Colour? value = null) => Effect.Of([value]);

    [McpServerPrompt, Sample("""{"value":"5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f"}"""), Refused("""{"value":"x"}""", "value", "Type")]
    public static string PromptIdentifier(Guid value) => Effect.Of([value]);

    [McpServerPrompt, Sample("""{"value":"b"}"""), Refused("""{"value":"c"}""", "value", "AllowedValues")]
    public static string PromptChoice([AllowedValues("a", "b")] string value) => Effect.Of([value]);

    [McpServerPrompt, Sample("{}"), Sample("""{"value":"x"}""")]
    public string PromptInstance(string value = "d") => Effect.Of([clerk.Name, value]);

    [McpServerPrompt, Sample("{}")]
    public static PromptMessage PromptOneMessage() => new() { Role = Role.Assistant, Content = new TextContentBlock { Text = "t" } };

    [McpServerPrompt, Sample("{}")]
    public static IEnumerable<PromptMessage> PromptMessages() => [PromptOneMessage(), PromptOneMessage()];

    [McpServerPrompt, Sample("{}")]
    public static ChatMessage PromptChat() => new(ChatRole.User, "t");

    [McpServerPrompt, Sample("{}")]
    public static async Task<IEnumerable<ChatMessage>> PromptChats()
    {
        await Task.Yield();
        return [new(ChatRole.User, "t"), new(ChatRole.Assistant, "u")];
    }

    [McpServerPrompt, Sample("{}")]
    public static GetPromptResult PromptResult() => new() { Description = "own", Messages = [PromptOneMessage()] };
}
