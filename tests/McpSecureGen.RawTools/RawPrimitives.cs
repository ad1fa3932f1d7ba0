using ModelContextProtocol.Server;

namespace McpSecureGen.RawTools;

/// <summary>How often an unsecured primitive of this assembly ran. Every test of it ends with zero.</summary>
public static class RawEffects
{
    private static int _count;

    public static int Count => Volatile.Read(ref _count);

    public static string Ran()
    {
        Interlocked.Increment(ref _count);
        return "RAW RAN";
    }
}

[McpServerToolType]
public sealed class RawToolClass
{
    [McpServerTool(Name = "raw_static")]
    public static string Static() => RawEffects.Ran();

    [McpServerTool(Name = "raw_instance")]
    public string Instance() => RawEffects.Ran();

    [McpServerTool(Name = "raw_private")]
    private static string Hidden() => RawEffects.Ran();
}

[McpServerPromptType]
public sealed class RawPromptClass
{
    [McpServerPrompt(Name = "raw_prompt")]
    public static string Prompt() => RawEffects.Ran();
}

[McpServerResourceType]
public sealed class RawResourceClass
{
    [McpServerResource(UriTemplate = "raw://fixed", Name = "raw_fixed")]
    public static string Fixed() => RawEffects.Ran();

    [McpServerResource(UriTemplate = "raw://items/{id}", Name = "raw_items")]
    public string Item(string id) => RawEffects.Ran() + id;
}
