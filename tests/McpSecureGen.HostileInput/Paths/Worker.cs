namespace McpSecureGen.HostileInput.Paths;

/// <summary>One operation on a path by its name.</summary>
internal static class Worker
{
    internal static string? Do(ConfinedPath top, string operation, string name)
    {
        var path = top.Combine(name);
        switch (operation)
        {
            case "read":
                return path.ReadAllText();
            case "write":
                path.WriteAllText("payload");
                return null;
            case "create":
                using (var stream = path.Open(FileMode.Create, FileAccess.Write))
                {
                    stream.Write("payload"u8);
                }

                return null;
            case "make":
                path.CreateFolder();
                return null;
            case "list":
                return string.Join(' ', path.Enumerate(recursive: true).Select(static entry => entry.Relative));
            case "delete":
                path.Delete();
                return null;
            case "purge":
                path.DeleteRecursively();
                return null;
            case "move":
                path.MoveTo(top.Combine("d/new0"), overwrite: true);
                return null;
            case "copy":
                path.CopyTo(top.Combine("e/new1"), overwrite: true);
                return null;
            default:
                return path.GetInfo().ToString() + path.Exists;
        }
    }
}
