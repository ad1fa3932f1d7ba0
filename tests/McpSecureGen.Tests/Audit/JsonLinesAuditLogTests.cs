using System.Text;
using System.Text.Json;
using McpSecureGen.Audit;
using McpSecureGen.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpSecureGen.Tests.Audit;

public sealed class JsonLinesAuditLogTests : IDisposable
{
    private readonly AuditFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Given_attempts_When_recorded_Then_each_leaves_one_line_in_a_chain()
    {
        _folder.WriteThree();
        Assert.Equal(new AuditVerification(3, true, null, null), _folder.Verify());
        using var line = JsonDocument.Parse(_folder.Lines()[1]);
        Assert.Equal(2, line.RootElement.GetProperty("seq").GetInt64());
        Assert.Equal("two", line.RootElement.GetProperty("primitive").GetString());
        Assert.Equal("succeeded", line.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("read:files", line.RootElement.GetProperty("required")[0].GetString());
        Assert.False(line.RootElement.TryGetProperty("reason", out _));
        Assert.Equal("hash", line.RootElement.EnumerateObject().Last().Name);
    }

    [Fact]
    public void Given_an_intent_When_begun_Then_it_is_in_the_journal_before_the_effect_and_not_yet_in_the_log()
    {
        using var log = _folder.Open();
        var intent = log.Begin(AuditFolder.Intent("write"));
        Assert.Contains(intent.Attempt, ReadShared(), StringComparison.Ordinal);
        Assert.Empty(File.ReadAllText(_folder.Log));
        log.Complete(intent, AuditFolder.Intent("write"));
        Assert.Throws<InvalidOperationException>(() => log.Complete(intent, AuditFolder.Intent("write")));
        log.Record(AuditFolder.Refusal("next")); // A mistake of the caller does not take the log down.

        // The journal is held exclusively: read it the way a crash would leave it, not through a second .NET handle.
        string ReadShared() => OperatingSystem.IsLinux() ? Encoding.UTF8.GetString(CopyOf(_folder.Pending)) : intent.Attempt;
    }

    [Fact]
    public void Given_a_closed_log_When_reopened_Then_the_chain_goes_on_and_nothing_is_reported()
    {
        _folder.WriteThree();
        _folder.WriteThree();
        Assert.Equal(new AuditVerification(6, true, null, null), _folder.Verify());
        Assert.DoesNotContain(_folder.Lines(), line => line.Contains("audit/recovered", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_new_files_When_opened_Then_only_the_owner_may_read_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists, not modes.");
        using var log = _folder.Open();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Log));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Pending));
        }
    }

    [Fact]
    public void Given_an_open_log_When_opened_again_Then_the_second_is_refused_and_the_first_goes_on()
    {
        using var log = _folder.Open();
        log.Record(AuditFolder.Refusal("one"));
        var error = Assert.Throws<McpSecurityConfigurationException>(_folder.Open);
        Assert.Contains("McpSecurity:Audit:Path", error.Message, StringComparison.Ordinal);
        var link = _folder.Log + ".link";
        File.CreateSymbolicLink(link, _folder.Log);
        Assert.Throws<McpSecurityConfigurationException>(
            () => JsonLinesAuditLog.Open(new AuditOptions { Path = link }, TimeProvider.System, NullLogger.Instance));
        log.Record(AuditFolder.Refusal("two"));
        Assert.Equal(2, _folder.Verify().Records);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("no-such-folder-here/audit.jsonl")]
    public void Given_no_usable_path_When_opened_Then_the_setting_is_named(string? path)
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(
            () => JsonLinesAuditLog.Open(new AuditOptions { Path = path }, TimeProvider.System, NullLogger.Instance));
        Assert.Contains("McpSecurity:Audit:Path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_hostile_text_When_recorded_Then_a_line_stays_one_bounded_line_of_ASCII()
    {
        using (var log = _folder.Open())
        {
            log.Record(AuditFolder.Refusal("x\",\"hash\":\"\r\n{\"seq\":9}\u202E\u2028\u001b[2K\0é😀\uD800") with
            {
                Subject = new string('\u0001', 1_000_000),
                Arguments = [.. Enumerable.Repeat(new string('é', 5000), 10_000)],
                Required = [null!],
            });
        }

        var bytes = File.ReadAllBytes(_folder.Log);
        Assert.All(bytes[..^1], octet => Assert.InRange(octet, (byte)0x20, (byte)0x7E));
        Assert.InRange(bytes.Length, 100, 200_000);
        Assert.True(_folder.Verify().Valid);
        using var line = JsonDocument.Parse(bytes);
        Assert.Contains("characters)", line.RootElement.GetProperty("subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("entries)", line.RootElement.GetProperty("arguments").EnumerateArray().Last().GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_many_threads_When_they_record_Then_records_equal_attempts_and_the_chain_holds()
    {
        using (var log = _folder.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() =>
            {
                for (var index = 0; index < 100; index++)
                {
                    var record = AuditFolder.Intent($"{worker}-{index}");
                    if (index % 3 == 0)
                    {
                        log.Record(record with { Decision = "refused" });
                    }
                    else
                    {
                        log.Complete(log.Begin(record), record with { Outcome = "succeeded" });
                    }
                }
            })));
        }

        Assert.Equal(new AuditVerification(1600, true, null, null), _folder.Verify());
        var names = _folder.Lines().Select(line => JsonDocument.Parse(line).RootElement.GetProperty("primitive").GetString()).ToHashSet();
        Assert.Equal(1600, names.Count);
        _folder.Open().Dispose();
        Assert.Equal(1600, _folder.Verify().Records); // No intent is left over.
    }

    [Fact]
    public void Given_a_long_journal_When_it_is_rewritten_Then_what_is_under_way_stays_in_it()
    {
        using (var log = _folder.Open())
        {
            log.Begin(AuditFolder.Intent("held"));
            for (var index = 0; index < 1000; index++)
            {
                log.Complete(log.Begin(AuditFolder.Intent("short")), AuditFolder.Intent("short"));
                Assert.InRange(new FileInfo(_folder.Pending).Length, 1, 65 * 1024);
            }
        }

        _folder.Open().Dispose();
        Assert.Equal(new AuditVerification(1001, true, null, null), _folder.Verify());
        Assert.Contains("\"primitive\":\"held\"", _folder.Lines()[^1], StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"unknown\"", _folder.Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_long_journal_When_nothing_is_under_way_Then_it_is_emptied()
    {
        using var log = _folder.Open();
        var smallest = long.MaxValue;
        for (var index = 0; index < 1000; index++)
        {
            log.Complete(log.Begin(AuditFolder.Intent("short")), AuditFolder.Intent("short"));
            smallest = Math.Min(smallest, index == 0 ? long.MaxValue : new FileInfo(_folder.Pending).Length);
        }

        Assert.Equal(0, smallest);
    }

    [Fact]
    public void Given_a_changed_log_When_opened_Then_it_is_refused_with_the_record_named_and_left_as_it_is()
    {
        _folder.WriteThree();
        var text = File.ReadAllText(_folder.Log).Replace("\"two\"", "\"TWO\"", StringComparison.Ordinal);
        File.WriteAllText(_folder.Log, text);
        var error = Assert.Throws<McpSecurityConfigurationException>(_folder.Open);
        Assert.Contains("McpSecurity:Audit:Path: record 2 (line 2)", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_folder.Log));
    }

    private byte[] CopyOf(string path)
    {
        // A copy made by another program, which does not take part in the advisory lock.
        var copy = path + ".copy";
        using var process = System.Diagnostics.Process.Start("cp", [path, copy]);
        process.WaitForExit();
        return File.ReadAllBytes(copy);
    }
}
