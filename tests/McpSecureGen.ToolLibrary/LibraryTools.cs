using System.Collections.Concurrent;
using McpSecureGen;
using ModelContextProtocol.Server;

[assembly: DefineCapability("read:library-shelf", Description = "Reads the shelf of the library.")]

// A library may not hand out rights in the programs that use it: this role must count nowhere.
[assembly: DefineRole("librarian", "read:library-shelf", "read:files")]

namespace McpSecureGen.ToolLibrary;

/// <summary>How often a primitive of this assembly ran with a text.</summary>
public static class LibraryEffects
{
    private static readonly ConcurrentDictionary<string, int> Counts = new(StringComparer.Ordinal);

    public static int CountOf(string text) => Counts.GetValueOrDefault(text);

    public static string Ran(string text)
    {
        Counts.AddOrUpdate(text, 1, static (_, count) => count + 1);
        return text;
    }
}

[McpServerToolType]
public sealed class ShelfTools
{
    [McpServerTool(Name = "lib_static"), RequiresCapability("read:library-shelf")]
    public static string Static(string text) => LibraryEffects.Ran(text);

    [McpServerTool(Name = "lib_instance"), RequiresCapability("read:library-shelf")]
    public string Instance(string text) => LibraryEffects.Ran(text);

    [McpServerTool(Name = "lib_private"), RequiresCapability("read:library-shelf")]
    private static string Hidden(string text) => LibraryEffects.Ran(text);
}

[McpServerPromptType]
public sealed class ShelfPrompts
{
    [McpServerPrompt(Name = "lib_prompt"), RequiresCapability("read:library-shelf")]
    public static string Prompt(string text) => LibraryEffects.Ran(text);
}

[McpServerResourceType]
public sealed class ShelfResources
{
    [McpServerResource(UriTemplate = "lib://shelf/{id}", Name = "lib_shelf"), RequiresCapability("read:library-shelf")]
    public static string Shelf(string id) => LibraryEffects.Ran(id);
}

/// <summary>A base whose tools each heir declares for itself.</summary>
public abstract class CatalogueTools<T>
{
    [McpServerTool(Name = "lib_inherited")]
    public string Inherited(string text) => $"{typeof(T).Name}:{LibraryEffects.Ran(text)}";
}

[RequiresCapability("read:library-shelf")]
public sealed class NumberCatalogue : CatalogueTools<int>;
