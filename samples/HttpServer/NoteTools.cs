using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using McpSecureGen;
using ModelContextProtocol.Server;

namespace HttpServer;

/// <summary>Tools on the notes. A caller without the capability gets 403 with the scope it lacks, and can come back with it (step-up).</summary>
[McpServerToolType, McpNamespace("notes")]
internal sealed class NoteTools(Notebook notebook)
{
    [McpServerTool(Name = "list_notes", ReadOnly = true, OpenWorld = false), Description("Lists the names of the notes.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public IReadOnlyList<string> ListNotes([Range(1, 1000), Description("How many at most.")] int limit = 100) => notebook.Names(limit);

    [McpServerTool(Name = "read_note", ReadOnly = true, OpenWorld = false), Description("Reads a note.")]
    [RequiresCapability(McpCapabilities.ReadFiles)]
    public Task<string> ReadNote(
        [SafePath(Root = Notebook.Root, Extensions = [".md"], MaxLength = 100), Description("The name of the note, with .md.")] string name,
        CancellationToken cancellationToken = default) => Notebook.ReadAsync(name, cancellationToken);

    [McpServerTool(Name = "write_note", Destructive = true, Idempotent = true, OpenWorld = false), Description("Writes a note; an existing one is replaced.")]
    [RequiresCapability(McpCapabilities.WriteFiles)]
    public async Task<string> WriteNote(
        [SafePath(Root = Notebook.Root, Access = PathAccess.Write, Extensions = [".md"], MaxLength = 100), Description("The name of the note, with .md.")] string name,
        [SafeText(MaxLength = 100_000, AllowNewLines = true), Description("The whole text.")] string text,
        CancellationToken cancellationToken = default)
    {
        await Notebook.WriteAsync(name, text, cancellationToken).ConfigureAwait(false);
        return $"Wrote {text.Length} characters.";
    }

    [McpServerTool(Name = "delete_note", Destructive = true, OpenWorld = false), Description("Deletes a note.")]
    [RequiresCapability(McpCapabilities.WriteFiles)]
    public string DeleteNote(
        [SafePath(Root = Notebook.Root, Access = PathAccess.Write, Extensions = [".md"], MaxLength = 100, MustExist = true), Description("The name of the note, with .md.")] string name)
    {
        Notebook.Delete(name);
        return "Deleted.";
    }

    [McpServerTool(Name = "server_time", ReadOnly = true, OpenWorld = false), Description("Tells the time of the server, UTC.")]
    [RequiresNoCapability("The time is no secret to anyone who has a token.")]
    public static string ServerTime() => TimeProvider.System.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
