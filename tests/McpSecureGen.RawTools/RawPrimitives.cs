using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ModelContextProtocol.Server;

namespace McpSecureGen.RawTools;

/// <summary>Which unsecured primitives ran. Every test ends with none.</summary>
public static class RawEffects
{
    private static readonly ConcurrentQueue<string> Names = new();

    public static IReadOnlyCollection<string> All => Names;

    public static string Ran([CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Names.Enqueue($"{name} ({Path.GetFileName(file)}, line {line})");
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
