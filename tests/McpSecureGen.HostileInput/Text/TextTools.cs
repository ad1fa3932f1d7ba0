using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Data.Sqlite;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Text;

/// <summary>A log of one line for each record, as most are, and a database whose tables are named in text, as drivers demand.</summary>
public sealed class TextSinks : IDisposable
{
    private readonly SqliteConnection _database = new("Data Source=:memory:");

    /// <summary>Makes both.</summary>
    public TextSinks()
    {
        _database.Open();
        Execute("CREATE TABLE orders (id INTEGER, total REAL); INSERT INTO orders VALUES (1, 5.0), (2, 7.5); CREATE TABLE secrets (value TEXT); INSERT INTO secrets VALUES ('s3cret')");
    }

    /// <summary>What has been logged.</summary>
    public StringBuilder Log { get; } = new();

    /// <summary>How many records were logged.</summary>
    public int Records { get; private set; }

    /// <summary>Logs.</summary>
    public void Note(string text)
    {
        lock (Log)
        {
            Log.Append("INFO note=").Append(text).Append('\n');
            Records++;
        }
    }

    /// <summary>Everything that the database holds.</summary>
    public string Contents()
    {
        using var command = _database.CreateCommand();
        command.CommandText = "SELECT group_concat(sql, ';') FROM sqlite_schema UNION ALL SELECT group_concat(id || ':' || total) FROM orders UNION ALL SELECT group_concat(value) FROM secrets";
        using var reader = command.ExecuteReader();
        var text = new StringBuilder();
        while (reader.Read())
        {
            text.Append(reader.GetValue(0)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Runs a statement made of text, and answers the first value of its rows.</summary>
    public string Execute(string statement)
    {
        lock (_database)
        {
            using var command = _database.CreateCommand();
#pragma warning disable CA2100 // Text as a statement is what is tested here.
            command.CommandText = statement;
#pragma warning restore CA2100
            return command.ExecuteScalar()?.ToString() ?? "";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}

/// <summary>Tools for text.</summary>
public sealed class TextTools(TextSinks sinks)
{
    [McpServerTool(Name = "note"), RequiresCapability("write:files")]
    public void Note([SafeText] string text) => sinks.Note(text);

    [McpServerTool(Name = "note_argument"), RequiresCapability("write:files")]
    public void NoteArgument([SafeArgument] string text) => sinks.Note(text);

    [McpServerTool(Name = "note_unchecked"), RequiresCapability("write:files")]
    public void NoteUnchecked(string text) => sinks.Note(text);

    [McpServerTool(Name = "note_lines"), RequiresCapability("write:files")]
    public void NoteLines([SafeText(AllowNewLines = true)] string text) => sinks.Note(text.ReplaceLineEndings("\\n").Replace("\t", "\\t", StringComparison.Ordinal));

    [McpServerTool(Name = "note_texts"), RequiresCapability("write:files")]
    public void NoteTexts([SafeText, MaxLength(1000)] string[] texts) => Array.ForEach(texts, sinks.Note);

    [McpServerTool(Name = "count"), RequiresCapability("db:access")]
    public string Count([SafeIdentifier] string table) => sinks.Execute($"SELECT count(*) FROM {table}");

    [McpServerTool(Name = "count_qualified"), RequiresCapability("db:access")]
    public string CountQualified([SafeIdentifier(AllowQualified = true)] string table) => sinks.Execute($"SELECT count(*) FROM {table}");

    [McpServerTool(Name = "count_unchecked"), RequiresCapability("db:access")]
    public string CountUnchecked(string table) => sinks.Execute($"SELECT count(*) FROM {table}");

    [McpServerTool(Name = "names"), RequiresCapability("db:access")]
    public void Names([SafeIdentifier(AllowQualified = true), MaxLength(1000)] string[] names) => Array.ForEach(names, sinks.Note);

    [McpServerTool(Name = "match"), RequiresCapability("write:files")]
    public void Match([RegularExpression("^(a+)+$"), StringLength(100_000)] string text) => sinks.Note(text);

    [McpServerTool(Name = "match_backtracking"), RequiresCapability("write:files")]
    public void MatchBacktracking([RegularExpression(@"^(?!b)(a+)+$"), StringLength(100_000)] string text) => sinks.Note(text);
}
