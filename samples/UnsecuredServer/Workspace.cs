using Microsoft.Extensions.Configuration;

namespace UnsecuredServer;

/// <summary>The folder that the tools are meant to stay in. Nothing keeps them there: <c>Path.Combine</c> takes <c>..</c> and absolute paths as they come.</summary>
internal sealed class Workspace(IConfiguration configuration)
{
    private readonly string _root = configuration["Workspace"] ?? Environment.CurrentDirectory;

    public string Resolve(string path) => Path.Combine(_root, path);
}
