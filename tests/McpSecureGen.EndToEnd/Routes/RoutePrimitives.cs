using System.Collections.Concurrent;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>How often a primitive ran with a text. Each test uses a text of its own, so tests may run side by side.</summary>
public static class RouteEffects
{
    private static readonly ConcurrentDictionary<string, int> Counts = new(StringComparer.Ordinal);

    public static int CountOf(string text) => Counts.GetValueOrDefault(text);

    public static string Ran(string text)
    {
        Counts.AddOrUpdate(text, 1, static (_, count) => count + 1);
        return text;
    }
}

/// <summary>A service, or what a test gives to a target: shows on which object a method ran.</summary>
public sealed class Voice(string name = "service")
{
    public string Name => name;
}

public sealed record Greeting(string SaidText);

[McpServerToolType]
public sealed class RouteTools(Voice voice)
{
    [McpServerTool(Name = "route_static"), RequiresCapability("read:files")]
    public static string Static(string text) => RouteEffects.Ran(text);

    [McpServerTool(Name = "route_instance"), RequiresCapability("read:files")]
    public string Instance(string text) => $"{voice.Name}:{RouteEffects.Ran(text)}";

    [McpServerTool(Name = "route_record"), RequiresCapability("read:files")]
    public static Greeting Record(string text) => new(RouteEffects.Ran(text));

    [McpServerTool(Name = "route_private"), RequiresCapability("read:files")]
    private static string Hidden(string text) => RouteEffects.Ran(text);
}

[McpServerPromptType]
public sealed class RoutePrompts(Voice voice)
{
    [McpServerPrompt(Name = "route_prompt_static"), RequiresCapability("read:files")]
    public static string Static(string text) => RouteEffects.Ran(text);

    [McpServerPrompt(Name = "route_prompt_instance"), RequiresCapability("read:files")]
    public string Instance(string text) => $"{voice.Name}:{RouteEffects.Ran(text)}";
}

[McpServerResourceType]
public sealed class RouteResources(Voice voice)
{
    [McpServerResource(UriTemplate = "route://static/{text}", Name = "route_resource_static"), RequiresCapability("read:files")]
    public static string Static(string text) => RouteEffects.Ran(text);

    [McpServerResource(UriTemplate = "route://instance/{text}", Name = "route_resource_instance"), RequiresCapability("read:files")]
    public string Instance(string text) => $"{voice.Name}:{RouteEffects.Ran(text)}";
}

/// <summary>One method, two heirs, two capabilities.</summary>
public abstract class RouteBase
{
    [McpServerTool(Name = "route_inherited")]
    public string Inherited(string text) => $"{GetType().Name}:{RouteEffects.Ran(text)}";
}

[RequiresCapability("read:files")]
public sealed class ReadingHeir : RouteBase;

[RequiresCapability("write:files")]
public sealed class WritingHeir : RouteBase;
