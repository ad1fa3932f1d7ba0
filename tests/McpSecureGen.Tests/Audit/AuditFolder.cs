using McpSecureGen.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Audit;

/// <summary>A temporary folder with one audit log.</summary>
public sealed class AuditFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-audit-");

    public string Log => Path.Combine(_folder.FullName, "audit.jsonl");

    public string Pending => Log + ".pending";

    public JsonLinesAuditLog Open() => JsonLinesAuditLog.Open(new AuditOptions { Path = Log }, TimeProvider.System, NullLogger.Instance);

    public string[] Lines() => File.ReadAllLines(Log);

    public AuditVerification Verify() => AuditVerifier.Verify(Log);

    /// <summary>Three records: a refusal, a completed attempt, a refusal.</summary>
    public void WriteThree()
    {
        using var log = Open();
        log.Record(Refusal("one"));
        log.Complete(log.Begin(Intent("two")), Intent("two") with { Outcome = "succeeded" });
        log.Record(Refusal("three"));
    }

    public static AuditRecord Intent(string primitive) => new()
    {
        Method = "tools/call",
        Primitive = primitive,
        Namespace = "files",
        Subject = "alice",
        Required = ["read:files"],
        Arguments = ["path"],
        Decision = "allowed",
        StartedAt = DateTimeOffset.UnixEpoch,
    };

    public static AuditRecord Refusal(string primitive) => Intent(primitive) with { Decision = "refused", Reason = "insufficient_capability" };

    public void Dispose() => _folder.Delete(recursive: true);
}
