using System.ComponentModel;
using McpSecureGen;
using ModelContextProtocol.Server;

namespace FileServer;

/// <summary>The files of the workspace as resources.</summary>
[McpServerResourceType, McpNamespace("files")]
internal sealed class FileResources
{
    [McpServerResource(Name = "workspace_file", UriTemplate = "workspace:///{+path}", MimeType = "text/plain"), Description("A text file of the workspace.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public static Task<string> ReadFile([SafePath(Root = Workspace.Name, MustExist = true)] ConfinedPath path, CancellationToken cancellationToken = default) =>
        TextFile.ReadAsync(path, maxBytes: 1_048_576, cancellationToken);
}
