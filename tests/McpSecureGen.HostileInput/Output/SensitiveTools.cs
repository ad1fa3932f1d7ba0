using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>Tools that know something which must not leave.</summary>
[McpNamespace("output"), RequiresCapability("read:files")]
internal sealed class SensitiveTools(Effects effects)
{
    internal const string Secret = "hunter2-hunter2";

    [McpServerTool(Name = "s_account", UseStructuredContent = true)]
    public static Account Account() => new("ann", Secret) { Token = Secret, Pin = 471100 };

    [McpServerTool(Name = "s_account_text")]
    public static Account AccountText() => Account();

    [McpServerTool(Name = "s_accounts", UseStructuredContent = true)]
    public static Dictionary<string, Account[]> Accounts() => new() { ["all"] = [Account()] };

    [McpServerTool(Name = "s_object")]
    public static object AsObject() => Account();

    [McpServerTool(Name = "s_echo", UseStructuredContent = true)]
    public static Echo Echoed([Sensitive] string secret, string open) => new(secret, open, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret)));

    [McpServerTool(Name = "s_echo_text")]
    public static string EchoText([Sensitive] string secret, string open) => $"{open}: {secret}";

    [McpServerTool(Name = "s_echo_pin", UseStructuredContent = true)]
    public static PinEcho EchoPin([Sensitive] int pin) => new(pin);

    [McpServerTool(Name = "s_echo_error")]
    public static string EchoError([Sensitive] string secret) => throw new McpException(JsonSerializer.Serialize(secret));

    [McpServerTool(Name = "s_echo_born")]
    public static string EchoBorn([Sensitive] DateOnly born) => $"born on {born:yyyy-MM-dd}";

    [McpServerTool(Name = "s_many")]
    public string Many([Sensitive] string[][] secrets)
    {
        effects.Note("many");
        return $"{secrets.Sum(static some => some.Length)} secrets";
    }

    [McpServerTool(Name = "s_effect")]
    public Account Effect()
    {
        effects.Note("ran");
        return Account();
    }

    [McpServerTool(Name = "s_plain")]
    public string Plain()
    {
        effects.Note("plain");
        return "plain";
    }

    [McpServerTool(Name = "s_token")]
    public static string Token() => "the token is " + Held + " and more";

    [McpServerTool(Name = "s_return")]
    [return: Sensitive]
    public static string Return() => Secret;

    [McpServerResource(UriTemplate = "secrets://{key}")]
    public static string Read([Sensitive] string key) => $"the key is {key}";

    internal static string Held { get; set; } = "";

    internal sealed record Echo(string Secret, string Open, string Encoded);

    internal sealed record PinEcho(int Pin);
}

internal sealed record Account(string Name, [Sensitive] string Password)
{
    [Sensitive]
    public string? Token { get; init; }

    [Sensitive]
    public int Pin { get; init; }
}
