using System.Text.Json;
using McpSecureGen.Audit;
using McpSecureGen.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Audit;

/// <summary>What a crash leaves: every length of log and journal that could be on the disk.</summary>
public sealed class AuditRecoveryTests
{
    private readonly byte[] _log;
    private readonly byte[] _pending;

    public AuditRecoveryTests()
    {
        using var file = new MemoryStream();
        using var pending = new MemoryStream();
        var log = new JsonLinesAuditLog(file, pending, TimeProvider.System, NullLogger.Instance);
        log.Record(AuditFolder.Refusal("refused"));
        var first = log.Begin(AuditFolder.Intent("first"));
        log.Begin(AuditFolder.Intent("never-completed"));
        log.Complete(first, AuditFolder.Intent("first") with { Outcome = "succeeded" });
        (_log, _pending) = (file.ToArray(), pending.ToArray());
    }

    [Fact]
    public void Given_the_log_cut_anywhere_When_opened_Then_it_goes_on_verifies_and_says_what_is_missing()
    {
        for (var length = 0; length <= _log.Length; length++)
        {
            var lines = Reopen(_log[..length], _pending);
            var whole = _log.AsSpan(0, length).Count((byte)'\n');
            var torn = length - (_log.AsSpan(0, length).LastIndexOf((byte)'\n') + 1);

            // A record that lacks its line feed alone is kept.
            var kept = whole + (length < _log.Length && _log[length] == '\n' && torn > 0 ? 1 : 0);
            Assert.Equal(torn > 0, lines.Any(line => Has(line, "method", "audit/recovered")));
            if (torn > 0)
            {
                var cut = kept > whole ? 0 : torn;
                Assert.StartsWith($"{cut} bytes ", Single(lines, "method", "audit/recovered").GetProperty("reason").GetString(), StringComparison.Ordinal);
            }

            Assert.Equal("unknown", Single(lines, "primitive", "never-completed").GetProperty("outcome").GetString());
            Assert.Equal(kept >= 2 ? "succeeded" : "unknown", Single(lines, "primitive", "first").GetProperty("outcome").GetString());
            Assert.Equal(kept >= 1 ? 1 : 0, lines.Count(line => Has(line, "primitive", "refused")));
        }
    }

    [Fact]
    public void Given_the_journal_cut_anywhere_When_opened_Then_each_whole_intent_without_outcome_is_reported()
    {
        for (var length = 0; length <= _pending.Length; length++)
        {
            var lines = Reopen(_log, _pending[..length]);
            var whole = _pending.AsSpan(0, length).Count((byte)'\n');
            Assert.Equal(whole == 2 ? 1 : 0, lines.Count(line => Has(line, "primitive", "never-completed")));
            Assert.Equal("succeeded", Single(lines, "primitive", "first").GetProperty("outcome").GetString());
        }
    }

    [Fact]
    public void Given_log_and_journal_both_cut_When_opened_Then_every_combination_verifies()
    {
        for (var log = 0; log <= _log.Length; log += 97)
        {
            for (var pending = 0; pending <= _pending.Length; pending += 61)
            {
                Reopen(_log[..log], _pending[..pending]);
            }
        }
    }

    [Fact]
    public void Given_a_tail_of_zeros_When_opened_Then_it_is_cut_and_the_number_said()
    {
        var lines = Reopen([.. _log, .. new byte[500]], []);
        Assert.StartsWith("500 bytes ", Single(lines, "method", "audit/recovered").GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_damaged_journal_When_opened_Then_the_unreadable_intents_are_counted()
    {
        var damaged = (byte[])_pending.Clone();
        damaged[0] = (byte)'x';
        var lines = Reopen(_log, damaged);
        Assert.Contains("1 intents were unreadable", Single(lines, "method", "audit/recovered").GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("unknown", Single(lines, "primitive", "never-completed").GetProperty("outcome").GetString());
    }

    [Fact]
    public void Given_a_crash_during_recovery_When_opened_again_Then_nothing_is_reported_twice()
    {
        using var folder = new AuditFolder();
        File.WriteAllBytes(folder.Log, _log);
        File.WriteAllBytes(folder.Pending, _pending);
        folder.Open().Dispose();
        File.WriteAllBytes(folder.Pending, _pending); // The journal was not emptied yet.
        folder.Open().Dispose();
        Assert.Single(folder.Lines(), line => line.Contains("never-completed", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_a_whole_last_line_that_is_wrong_When_opened_Then_it_is_corruption_and_not_a_crash()
    {
        using var folder = new AuditFolder();
        File.WriteAllBytes(folder.Log, [.. _log, .. "{\"seq\":3}\n"u8]);
        var error = Assert.Throws<McpSecurityConfigurationException>(folder.Open);
        Assert.Contains("record 3", error.Message, StringComparison.Ordinal);
    }

    private static List<JsonElement> Reopen(byte[] log, byte[] pending)
    {
        using var folder = new AuditFolder();
        File.WriteAllBytes(folder.Log, log);
        File.WriteAllBytes(folder.Pending, pending);
        using (var reopened = folder.Open())
        {
            reopened.Record(AuditFolder.Refusal("after"));
        }

        var result = folder.Verify();
        Assert.True(result.Valid, result.Problem);
        Assert.Equal(0, new FileInfo(folder.Pending).Length);
        var lines = folder.Lines().Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.True(Has(lines[^1], "primitive", "after"));
        return lines;
    }

    private static JsonElement Single(List<JsonElement> lines, string name, string value) => Assert.Single(lines, line => Has(line, name, value));

    private static bool Has(JsonElement line, string name, string value) => line.TryGetProperty(name, out var found) && found.GetString() == value;
}
