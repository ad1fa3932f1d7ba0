using System.Text.Json;
using McpSecureGen.EndToEnd.Strictness;

namespace McpSecureGen.HostileInput.Json.Support;

/// <summary>Calls a tool and says which rule refused it.</summary>
internal static class Answers
{
    /// <summary>The rule; <see langword="null"/> when the method ran; <c>Protocol</c> for an error before any rule.</summary>
    public static async Task<string?> RuleAsync(this RawServer server, string tool, string method, string arguments)
    {
        var before = Ran.Count(method);
        var answer = await server.CallAsync(tool, arguments);
        var ran = Ran.Count(method) - before;
        if (answer.TryGetProperty("error", out _))
        {
            Assert.Equal(0, ran);
            return "Protocol";
        }

        var result = answer.GetProperty("result");
        if (result.TryGetProperty("isError", out var isError) && isError.GetBoolean())
        {
            Assert.True(ran == 0, $"{tool} ran and answered {result}");
            return RuleOf(result.GetProperty("content")[0].GetProperty("text").GetString()!);
        }

        Assert.True(ran == 1, $"{tool} {arguments} ran {ran} times: {answer}");
        return null;
    }

    public static string RuleOf(string text)
    {
        var at = text.LastIndexOf("(rule ", StringComparison.Ordinal);
        Assert.True(at >= 0 && text.StartsWith("Invalid argument '", StringComparison.Ordinal) && text.EndsWith(").", StringComparison.Ordinal), text);
        return text[(at + 6)..^2];
    }

    /// <summary>The name a method is listed under.</summary>
    public static string ToolName(string method) => JsonNamingPolicy.SnakeCaseLower.ConvertName(method);
}
