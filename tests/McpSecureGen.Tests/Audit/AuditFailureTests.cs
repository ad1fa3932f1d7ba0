using McpSecureGen.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Audit;

public sealed class AuditFailureTests
{
    [Fact]
    public void Given_a_full_disk_When_the_intent_is_written_Then_it_throws_and_the_log_stays_unavailable()
    {
        var (file, pending) = (new FailingStream(), new FailingStream());
        using var log = new JsonLinesAuditLog(file, pending, TimeProvider.System, NullLogger.Instance);
        pending.Full = true;
        var error = Assert.Throws<AuditUnavailableException>(() => log.Begin(AuditFolder.Intent("write")));
        Assert.IsType<IOException>(error.InnerException);
        Assert.DoesNotContain("/secret/path", error.Message, StringComparison.Ordinal);
        pending.Full = false;
        Assert.Throws<AuditUnavailableException>(() => log.Begin(AuditFolder.Intent("write")));
        Assert.Throws<AuditUnavailableException>(() => log.Record(AuditFolder.Refusal("write")));
        Assert.Equal(0, file.Length);
    }

    [Fact]
    public void Given_a_full_disk_When_the_outcome_is_written_Then_it_throws_and_the_next_opening_says_unknown()
    {
        var (file, pending) = (new FailingStream(), new FailingStream());
        using (var log = new JsonLinesAuditLog(file, pending, TimeProvider.System, NullLogger.Instance))
        {
            log.Record(AuditFolder.Refusal("one"));
            var intent = log.Begin(AuditFolder.Intent("two"));
            file.Full = true;
            Assert.Throws<AuditUnavailableException>(() => log.Complete(intent, AuditFolder.Intent("two")));
            Assert.Throws<AuditUnavailableException>(() => log.Complete(intent, AuditFolder.Intent("two")));
        }

        using var folder = new AuditFolder();
        File.WriteAllBytes(folder.Log, file.ToArray());
        File.WriteAllBytes(folder.Pending, pending.ToArray());
        folder.Open().Dispose();
        Assert.True(folder.Verify().Valid);
        Assert.Contains("\"primitive\":\"two\"", folder.Lines()[^1], StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"unknown\"", folder.Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_real_full_device_When_written_Then_it_throws()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var log = new JsonLinesAuditLog(new FailingStream(full), new FailingStream(), TimeProvider.System, NullLogger.Instance);
        Assert.Throws<AuditUnavailableException>(() => log.Record(AuditFolder.Refusal("one")));
    }

    [Fact]
    public void Given_a_closed_log_When_used_Then_it_is_unavailable()
    {
        using var folder = new AuditFolder();
        var log = folder.Open();
        log.Dispose();
        log.Dispose();
        Assert.Throws<AuditUnavailableException>(() => log.Begin(AuditFolder.Intent("late")));
        Assert.Throws<AuditUnavailableException>(() => log.Record(AuditFolder.Refusal("late")));
    }

    /// <summary>Memory that fills up: a write then leaves half of its bytes and fails, as a disk does.</summary>
    private sealed class FailingStream(Stream? target = null) : MemoryStream
    {
        public bool Full { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            target?.Write(buffer);
            base.Write(Full ? buffer[..(buffer.Length / 2)] : buffer);
            if (Full)
            {
                throw new IOException("No space left on device: /secret/path");
            }
        }
    }
}
