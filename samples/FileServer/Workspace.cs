namespace FileServer;

/// <summary>The root that the tools work in.</summary>
internal static class Workspace
{
    public const string Name = "workspace";
}
