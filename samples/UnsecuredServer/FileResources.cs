using System.ComponentModel;
using ModelContextProtocol.Server;

namespace UnsecuredServer;

/// <summary>Files as resources.</summary>
[McpServerResourceType]
internal sealed class FileResources(Workspace workspace)
{
    [McpServerResource(Name = "workspace_file", UriTemplate = "workspace:///{path}", MimeType = "text/plain"), Description("A text file of the workspace.")]
    public Task<string> ReadFile(string path, CancellationToken cancellationToken = default) =>
        File.ReadAllTextAsync(workspace.Resolve(path), cancellationToken);
}
