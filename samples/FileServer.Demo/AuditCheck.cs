using McpSecureGen.Audit;

namespace FileServer.Demo;

/// <summary>Checks the log of a stopped server: complete, unbroken, and telling when one byte of it is changed.</summary>
internal static class AuditCheck
{
    public static bool Run(DemoFolder folder, int attempts)
    {
        var sound = AuditVerifier.Verify(folder.AuditLog);
        var isComplete = sound.Valid && sound.Records == attempts;
        Report.Line($"Audit log: {attempts} attempts made, {sound.Records} records, chain {(sound.Valid ? "intact" : "BROKEN")}: {Ok(isComplete)}");

        var changed = attempts / 2;
        var forged = AuditVerifier.Verify(WithOneByteChanged(folder.AuditLog, changed));
        var isFound = !forged.Valid && forged.FirstBadSequence == changed;
        Report.Line($"One byte of record {changed} changed: {forged.Problem ?? "not noticed"} {Ok(isFound)}");
        return isComplete && isFound;
    }

    private static string WithOneByteChanged(string path, int record)
    {
        var lines = File.ReadAllLines(path);
        lines[record - 1] = lines[record - 1].Replace("\"startedAt\":\"2", "\"startedAt\":\"3", StringComparison.Ordinal);
        var copy = path + ".forged";
        File.WriteAllText(copy, string.Join('\n', lines) + "\n");
        return copy;
    }

    private static string Ok(bool good) => good ? "ok" : "NOT OK";
}
