using System.CommandLine;
using McpSecureGen.Cli.Keys;

namespace McpSecureGen.Cli.Commands.Keys;

/// <summary>Options that several commands about keys share.</summary>
internal static class KeyOptions
{
    public static Option<string> Keys() => new("--keys")
    {
        Description = $"The folder that 'mcpsec keys new' made, or the {KeyStore.PrivateName} in it.",
        HelpName = "FOLDER",
        Required = true,
    };

    public static Option<string> Algorithm(string description) =>
        new Option<string>("--algorithm") { Description = description, HelpName = string.Join('|', KeyAlgorithms.All) }
            .AcceptOnlyFromAmong(KeyAlgorithms.All);

    public static Option<string> Id()
    {
        var option = new Option<string>("--kid")
        {
            Description = "The key's id, which stands in every token. Default: its thumbprint (RFC 7638); for HS256 a random one.",
            HelpName = "ID",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } id && !KeyId.IsWellFormed(id))
            {
                result.AddError("--kid may hold letters, digits, '.', '_' and '-', at most 128 of them.");
            }
        });
        return option;
    }
}
