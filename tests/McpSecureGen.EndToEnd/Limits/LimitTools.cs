using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Limits;

[RequiresCapability("read:files"), RateLimit(1, 3600)]
public sealed class RateLimitedTools(Effects effects)
{
    [McpServerTool(Name = "twice"), RateLimit(2, 3600)]
    public string Twice([StringLength(4)] string text = "")
    {
        effects.Note("twice");
        return "ran" + text;
    }

    [McpServerTool(Name = "once")]
    public string Once()
    {
        effects.Note("once");
        return "ran";
    }

    [McpServerTool(Name = "once_too")]
    public string OnceToo()
    {
        effects.Note("once_too");
        return "ran";
    }
}

[RequiresCapability("read:files")]
public sealed class FreeTools(Effects effects)
{
    [McpServerTool(Name = "free")]
    public string Free()
    {
        effects.Note("free");
        return "ran";
    }

    [McpServerPrompt(Name = "free_prompt")]
    public string FreePrompt()
    {
        effects.Note("free_prompt");
        return "ran";
    }
}

/// <summary>Some obey their token, some do not; what each did shows here.</summary>
[RequiresCapability("read:files")]
public sealed class SlowTools : IAsyncDisposable
{
    public static ConcurrentQueue<string> Seen { get; } = new();

    [McpServerTool(Name = "slow_obedient"), Timeout(0.2)]
    public async Task<string> Obedient(string id, CancellationToken cancellationToken)
    {
        Seen.Enqueue("began " + id);
        await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
        return "never";
    }

    [McpServerTool(Name = "slow_deaf"), Timeout(0.2)]
    public async Task<string> Deaf(string id)
    {
        _id = id;
        Seen.Enqueue("began " + id);
        await Task.Delay(1500);
        Seen.Enqueue("ended " + id);
        throw new InvalidOperationException("nobody hears this");
    }

    [McpServerTool(Name = "slow_blocking"), Timeout(0.2)]
    public string Blocking(string id)
    {
        _id = id;
        Seen.Enqueue("began " + id);
        Thread.Sleep(1500);
        Seen.Enqueue("ended " + id);
        return "late";
    }

    [McpServerTool(Name = "slow_check"), Timeout(0.2)]
    public string Check([SlowCheck] string id)
    {
        Seen.Enqueue("began " + id);
        return "late";
    }

    [McpServerTool(Name = "slow_default")]
    public async Task<string> ByDefault(string id, CancellationToken cancellationToken)
    {
        Seen.Enqueue("began " + id);
        await Task.Delay(id.StartsWith("quick", StringComparison.Ordinal) ? 1 : System.Threading.Timeout.Infinite, cancellationToken);
        return "done";
    }

    [McpServerPrompt(Name = "slow_prompt"), Timeout(0.2)]
    public async Task<string> Prompt(CancellationToken cancellationToken)
    {
        await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
        return "never";
    }

    [McpServerResource(UriTemplate = "slow://one"), Timeout(0.2)]
    public async Task<string> Resource(CancellationToken cancellationToken)
    {
        await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
        return "never";
    }

    private string _id = "";

    public ValueTask DisposeAsync()
    {
        Seen.Enqueue("disposed " + _id);
        return default;
    }
}

/// <summary>A check that takes its time.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SlowCheckAttribute : ValidationAttribute
{
    public override bool IsValid(object? value)
    {
        Thread.Sleep(1000);
        SlowTools.Seen.Enqueue("checked " + value);
        return true;
    }
}

[RequiresCapability("read:files"), MaxOutput(10)]
public static class OutputTools
{
    [McpServerTool(Name = "out_text")]
    public static string Text(int length) => new('a', length);

    [McpServerTool(Name = "out_more"), MaxOutput(20)]
    public static string More(int length) => new('a', length);

    [McpServerTool(Name = "out_structured", UseStructuredContent = true)]
    public static CallToolResult Structured(int length) => new()
    {
        Content = [],
        StructuredContent = System.Text.Json.JsonElement.Parse($"\"{new string('a', length - 2)}\""),
    };

    [McpServerTool(Name = "out_image")]
    public static ImageContentBlock Image(int length) => new() { Data = new byte[length].Select(static _ => (byte)'A').ToArray(), MimeType = "image/png" };

    [McpServerTool(Name = "out_embedded")]
    public static EmbeddedResourceBlock Embedded(int length) => new() { Resource = new TextResourceContents { Uri = "a:b", Text = new string('a', length - 3) } };

    [McpServerTool(Name = "out_error")]
    public static string Error(int length) => throw new ModelContextProtocol.McpException(new string('s', length));

    [McpServerTool(Name = "out_secret")]
    [return: Sensitive]
    public static string Secret(int length) => new('a', length);

    [McpServerPrompt(Name = "out_prompt")]
    public static string Prompt(int length) => new('a', length);

    [McpServerResource(UriTemplate = "out://{length}")]
    public static string Resource(int length) => new('a', length);
}

[RequiresCapability("write:files")]
public sealed class ConfirmedTools(Effects effects)
{
    [McpServerTool(Name = "erase"), RequiresConfirmation("Erase it for good?")]
    public string Erase(string path, [StringLength(4)] string mode = "soft")
    {
        effects.Note("erased " + path + " " + mode);
        return "erased";
    }

    [McpServerTool(Name = "erase_all"), RequiresConfirmation("Erase everything?"), RateLimit(1, 3600)]
    public string EraseAll(string path = "")
    {
        effects.Note("erased all" + path);
        return "erased";
    }

    /// <summary>Asks something of its own after the confirmation.</summary>
    [McpServerTool(Name = "erase_and_ask"), RequiresConfirmation("Erase?")]
    public string EraseAndAsk(RequestContext<CallToolRequestParams> context)
    {
        effects.Note("ran");
        if (context.Params.InputResponses is null)
        {
            throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["sure"] = InputRequest.ForElicitation(new ElicitRequestParams { Message = "Sure?", RequestedSchema = new() }) },
                "step two");
        }

        effects.Note("finished " + context.Params.RequestState);
        return "erased";
    }

    /// <summary>Has a question and nothing to confirm.</summary>
    [McpServerTool(Name = "ask_only")]
    public string AskOnly(RequestContext<CallToolRequestParams> context, string topic = "")
    {
        if (context.Params.InputResponses is null)
        {
            throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["sure"] = InputRequest.ForElicitation(new ElicitRequestParams { Message = "Sure?", RequestedSchema = new() }) },
                "state of the author");
        }

        effects.Note($"answered {topic} {context.Params.RequestState}");
        return "answered";
    }
}
