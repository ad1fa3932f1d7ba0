// What happens when the rule is silenced: the build lets these pass, so the guard alone must refuse them.
#pragma warning disable MCPSEC1001
using McpSecureGen.RawTools;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Primitives of this very assembly, without a declaration.</summary>
public sealed class UndeclaredTools
{
    [McpServerTool(Name = "undeclared_tool")]
    public static string Tool(string text) => RawEffects.Ran() + text;

    /// <summary>Not a tool by attribute, but a delegate of it can become one.</summary>
    public static string Plain(string text) => RawEffects.Ran() + text;
}

public sealed class UndeclaredPrompts
{
    [McpServerPrompt(Name = "undeclared_prompt")]
    public static string Prompt(string text) => RawEffects.Ran() + text;
}

public sealed class UndeclaredResources
{
    [McpServerResource(UriTemplate = "undeclared://{text}", Name = "undeclared_resource")]
    public static string Resource(string text) => RawEffects.Ran() + text;
}
