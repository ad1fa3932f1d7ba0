using System.Text.Json;

namespace FileServer.Demo;

/// <summary>A row and what was seen.</summary>
internal sealed record RowResult(string Server, Row Row, string Seen, string Recorded, bool HasEffect)
{
    public bool IsAsExpected => Seen == Row.Expected && Recorded == Row.Recorded && HasEffect;
}

/// <summary>Makes the request of a row and looks at the reply, at the files and at the record.</summary>
internal static class RowRun
{
    public static async Task<RowResult> RunAsync(string server, Row row, ServerProcess process, DemoFolder folder)
    {
        var before = folder.Snapshot();
        var reply = await row.Send(process);

        // True of every reply: nothing from outside the workspace, and no path of this machine.
        var isClean = !reply.Text.Contains(DemoFolder.Secret, StringComparison.Ordinal) && !reply.Text.Contains(folder.HostPath, StringComparison.Ordinal);
        var hasEffect = reply.IsAllowed ? row.HasEffect?.Invoke(reply) ?? true : folder.Snapshot() == before;
        return new RowResult(server, row, reply.Verdict, LastRecord(folder.AuditLog), isClean && hasEffect);
    }

    private static string LastRecord(string path)
    {
        using var log = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var last = log.ReadToEnd().TrimEnd('\n').Split('\n')[^1];
        if (last.Length == 0)
        {
            return "nothing";
        }

        using var record = JsonDocument.Parse(last);
        return string.Join(' ', new[] { "decision", "outcome", "reason", "rule" }
            .Select(name => record.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null)
            .Where(static value => value is not null));
    }
}
