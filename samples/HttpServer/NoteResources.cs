using System.ComponentModel;
using McpSecureGen;
using ModelContextProtocol.Server;

namespace HttpServer;

/// <summary>The notes as resources. Whether one exists is told only to those who may read it.</summary>
[McpServerResourceType, McpNamespace("notes")]
internal sealed class NoteResources(Notebook notebook)
{
    [McpServerResource(Name = "index", UriTemplate = "notes:///index", MimeType = "text/plain"), Description("The names of all notes, one a line.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public string Index() => string.Join('\n', notebook.Names(limit: 1000));

    [McpServerResource(Name = "note", UriTemplate = "notes:///note/{name}", MimeType = "text/markdown"), Description("A note.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public static Task<string> Note(
        [SafePath(Root = Notebook.Root, Extensions = [".md"], MaxLength = 100)] string name, CancellationToken cancellationToken = default) =>
        Notebook.ReadAsync(name, cancellationToken);
}
