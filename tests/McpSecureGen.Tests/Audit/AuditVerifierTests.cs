using System.Text;
using McpSecureGen.Audit;

namespace McpSecureGen.Tests.Audit;

public sealed class AuditVerifierTests : IDisposable
{
    private readonly AuditFolder _folder = new();

    public AuditVerifierTests() => _folder.WriteThree();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Given_any_one_byte_changed_When_verified_Then_it_is_found_at_its_record()
    {
        var sound = File.ReadAllBytes(_folder.Log);
        var record = 1;
        for (var index = 0; index < sound.Length; index++)
        {
            foreach (var mask in (byte[])[0x01, 0x20, 0x80, (byte)(sound[index] ^ '\n'), (byte)(sound[index] ^ ' ')])
            {
                if (mask == 0)
                {
                    continue;
                }

                var changed = (byte[])sound.Clone();
                changed[index] ^= mask;
                var result = Verify(changed);
                Assert.False(result.Valid, $"byte {index}, mask {mask}");
                Assert.Equal(record, result.FirstBadSequence);
                Assert.Equal(record - 1, result.Records);
            }

            record += sound[index] == '\n' ? 1 : 0;
        }

        Assert.True(Verify(sound).Valid);
    }

    [Fact]
    public void Given_lines_deleted_inserted_moved_or_doubled_When_verified_Then_it_is_found_where_it_begins()
    {
        var (one, two, three) = (_folder.Lines()[0], _folder.Lines()[1], _folder.Lines()[2]);
        Assert.Equal(1, Bad(two, three));
        Assert.Equal(2, Bad(one, three));
        Assert.Equal(2, Bad(one, three, two));
        Assert.Equal(1, Bad(two, one, three));
        Assert.Equal(3, Bad(one, two, two, three));
        Assert.Equal(2, Bad(one, "", two, three));
        Assert.Equal(4, Bad(one, two, three, "{}"));
        Assert.Equal(2, Bad(one, one.Replace("one", "new", StringComparison.Ordinal), two, three));
    }

    [Fact]
    public void Given_a_record_from_another_log_When_inserted_Then_it_is_found()
    {
        using var other = new AuditFolder();
        other.WriteThree();
        Assert.Equal(2, Bad(_folder.Lines()[0], other.Lines()[1], _folder.Lines()[2]));
    }

    [Fact]
    public void Given_a_first_record_that_is_not_number_one_When_verified_Then_it_is_found_although_its_hash_is_right()
    {
        Assert.True(Verify(First(1)).Valid);
        Assert.Equal(1, Verify(First(2)).FirstBadSequence);
        Assert.Equal(1, Verify(First(10)).FirstBadSequence);

        static byte[] First(long sequence) => ChainedLine.Write(
            sequence, DateTimeOffset.UnixEpoch, null, AuditFolder.Refusal("one"), ChainedLine.NoPrevious, out _);
    }

    [Fact]
    public void Given_whole_records_cut_off_the_end_When_verified_Then_it_is_not_found_which_the_documentation_says()
    {
        var lines = _folder.Lines();
        Assert.Equal(new AuditVerification(2, true, null, null), Verify(Bytes(lines[..2])));
        Assert.Equal(3, Verify(Bytes(lines)[..^5]).FirstBadSequence);
        Assert.True(Verify([]).Valid);
    }

    [Fact]
    public void Given_no_file_When_verified_Then_it_is_not_valid()
    {
        var result = AuditVerifier.Verify(_folder.Log + ".none");
        Assert.False(result.Valid);
        Assert.NotNull(result.Problem);
    }

    [Fact]
    public void Given_an_endless_line_When_verified_Then_it_is_refused_within_bounded_memory() =>
        Assert.Equal(1, Verify(new byte[20_000_000]).FirstBadSequence);

    private AuditVerification Verify(byte[] content)
    {
        File.WriteAllBytes(_folder.Log, content);
        return _folder.Verify();
    }

    private long? Bad(params string[] lines)
    {
        var keep = File.ReadAllBytes(_folder.Log);
        var result = Verify(Bytes(lines));
        File.WriteAllBytes(_folder.Log, keep);
        Assert.False(result.Valid);
        Assert.NotNull(result.Problem);
        return result.FirstBadSequence;
    }

    private static byte[] Bytes(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
}
