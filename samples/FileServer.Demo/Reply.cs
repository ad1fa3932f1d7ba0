using System.Text.RegularExpressions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace FileServer.Demo;

/// <summary>What came back: the verdict in a few words, and all text that the client got to see.</summary>
internal sealed partial record Reply(string Verdict, string Text)
{
    private const string Allow = "allowed";

    public bool IsAllowed => Verdict == Allow;

    public static Reply Allowed(IEnumerable<string> names) => new(Allow, string.Join(", ", names.Order(StringComparer.Ordinal)));

    public static Reply Of(CallToolResult result)
    {
        var text = string.Join('\n', result.Content.OfType<TextContentBlock>().Select(static block => block.Text));
        if (result.IsError is not true)
        {
            return new Reply(Allow, text);
        }

        var invalid = InvalidArgument().Match(text);
        return new Reply(
            invalid.Success ? $"invalid argument {invalid.Groups["name"].Value}: {invalid.Groups["rule"].Value}" : $"tool error: {text}", text);
    }

    public static Reply Of(GetPromptResult result) => new(
        Allow, string.Join('\n', result.Messages.Select(static message => message.Content).OfType<TextContentBlock>().Select(static block => block.Text)));

    public static Reply Of(ReadResourceResult result) =>
        new(Allow, string.Join('\n', result.Contents.OfType<TextResourceContents>().Select(static content => content.Text)));

    public static Reply Of(McpProtocolException refusal)
    {
        var text = refusal.Message + " " + string.Join(' ', refusal.Data.Values.Cast<object?>());
        return new Reply(
            refusal.Data["reason"] switch
            {
                "invalid_argument" => $"invalid argument {refusal.Data["parameter"]}: {refusal.Data["rule"]}",
                "unauthenticated" => $"refused: unauthenticated ({refusal.Data["detail"]})",
                string reason => $"refused: {reason}",
                _ => $"error {(int)refusal.ErrorCode}: {refusal.Message.Replace("Request failed (remote): ", "", StringComparison.Ordinal)}",
            },
            text);
    }

    [GeneratedRegex(@"^Invalid argument '(?<name>[^']*)': .* \(rule (?<rule>\w+)\)\.$", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex InvalidArgument();
}
