using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Methods;

[RequiresCapability("read:files")]
public sealed class MethodTools(Effects effects)
{
    [McpServerTool(Name = "greet")]
    public string Greet(string name = "")
    {
        effects.Note("greeted " + name);
        return "hello";
    }

    /// <summary>The SDK suspends it while the client's user thinks.</summary>
    [McpServerTool(Name = "think")]
    public async Task<string> Think(McpServer server, CancellationToken cancellationToken)
    {
        effects.Note("began");
        var answer = await server.ElicitAsync(new ElicitRequestParams { Message = "Well?", RequestedSchema = new() }, cancellationToken);
        effects.Note("went on: " + answer.Action);
        return answer.Action;
    }

    [McpServerTool(Name = "guarded"), RequiresCapability("write:files")]
    public string Guarded()
    {
        effects.Note("guarded");
        return "ran";
    }
}

[RequiresCapability("read:files")]
public sealed class MethodPrompts
{
    [McpServerPrompt(Name = "verse"), RequiresCapability("write:files")]
    public static string Verse([System.ComponentModel.DataAnnotations.AllowedValues("one", "two")] string which = "one") => which;
}

[RequiresCapability("read:files")]
public static class MethodResources
{
    [McpServerResource(UriTemplate = "open://one")]
    public static string One() => "one";

    [McpServerResource(UriTemplate = "open://{name}/part")]
    public static string Part(string name) => name;

    [McpServerResource(UriTemplate = "closed://{name}"), RequiresCapability("write:files")]
    public static string Closed(string name) => name;
}
