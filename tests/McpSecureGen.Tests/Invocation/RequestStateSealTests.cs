using McpSecureGen.Hosting;
using McpSecureGen.Invocation;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.Tests.Invocation;

public sealed class RequestStateSealTests
{
    private static readonly StateBinding Binding = new("issuer", "alice", "editor", "tools/call", "erase", [1, 2, 3]);

    private readonly ManualTime _time = new(TestTokens.Now);

    public static TheoryData<string> Others => ["issuer", "subject", "client", "no client", "method", "primitive", "arguments", "shifted"];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("state ü")]
    public void Given_the_same_purpose_and_binding_then_it_opens(string? content)
    {
        var seal = Seal();

        var opened = seal.Open(StatePurpose.Author, Binding, seal.Seal(StatePurpose.Author, Binding, content, TimeSpan.FromMinutes(5)));

        Assert.Equal(content, opened?.Content);
        Assert.Equal(_time.GetUtcNow().AddMinutes(5), opened?.Expires);
    }

    [Fact]
    public void Given_two_seals_of_the_same_then_they_differ_and_so_do_their_nonces()
    {
        var seal = Seal();
        var (one, two) = (seal.Seal(StatePurpose.Author, Binding, "x", TimeSpan.FromMinutes(5)), seal.Seal(StatePurpose.Author, Binding, "x", TimeSpan.FromMinutes(5)));

        Assert.NotEqual(one, two);
        Assert.NotEqual(seal.Open(StatePurpose.Author, Binding, one)!.Nonce, seal.Open(StatePurpose.Author, Binding, two)!.Nonce);
    }

    [Theory]
    [InlineData(299, true)]
    [InlineData(300, false)]
    [InlineData(100_000, false)]
    public void Given_time_then_it_opens_until_it_expires(int seconds, bool opens)
    {
        var seal = Seal();
        var state = seal.Seal(StatePurpose.Confirmation, Binding, null, TimeSpan.FromMinutes(5));

        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(opens, seal.Open(StatePurpose.Confirmation, Binding, state) is not null);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Given_another_binding_then_it_does_not_open(string other)
    {
        var seal = Seal();
        var state = seal.Seal(StatePurpose.Confirmation, Binding, null, TimeSpan.FromMinutes(5));

        Assert.Null(seal.Open(StatePurpose.Confirmation, other switch
        {
            "issuer" => Binding with { Issuer = "other" },
            "subject" => Binding with { Subject = "mallory" },
            "client" => Binding with { Client = "other" },
            "no client" => Binding with { Client = null },
            "method" => Binding with { Method = "prompts/get" },
            "primitive" => Binding with { Primitive = "erase_all" },
            "arguments" => Binding with { Arguments = [1, 2, 4] },
            _ => Binding with { Issuer = "issuera", Subject = "lice" },
        }, state));
    }

    [Fact]
    public void Given_an_absent_client_then_it_is_not_an_empty_one()
    {
        var seal = Seal();
        var state = seal.Seal(StatePurpose.Confirmation, Binding with { Client = null }, null, TimeSpan.FromMinutes(5));

        Assert.Null(seal.Open(StatePurpose.Confirmation, Binding with { Client = "" }, state));
    }

    [Fact]
    public void Given_another_purpose_or_key_then_it_does_not_open()
    {
        var seal = Seal();
        var state = seal.Seal(StatePurpose.Author, Binding, null, TimeSpan.FromMinutes(5));

        Assert.Null(seal.Open(StatePurpose.Confirmation, Binding, state));
        Assert.Null(new RequestStateSeal(new byte[32], _time).Open(StatePurpose.Author, Binding, state));
    }

    [Fact]
    public void Given_any_byte_changed_or_cut_off_then_it_does_not_open()
    {
        var seal = Seal();
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(seal.Seal(StatePurpose.Author, Binding, "content", TimeSpan.FromMinutes(5)));
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x40;
            Assert.Null(seal.Open(StatePurpose.Author, Binding, System.Buffers.Text.Base64Url.EncodeToString(changed)));
            Assert.Null(seal.Open(StatePurpose.Author, Binding, System.Buffers.Text.Base64Url.EncodeToString(bytes.AsSpan(0, i))));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("====")]
    [InlineData("\ud800")]
    [InlineData("AQEAAAAA")]
    public void Given_text_that_is_no_state_then_it_does_not_open(string? state) => Assert.Null(Seal().Open(StatePurpose.Author, Binding, state));

    [Theory]
    [InlineData("{\"a\":1,\"b\":[1,{\"d\":null,\"c\":\"x\"}]}", "{ \"b\": [1, {\"c\":\"\\u0078\",\"d\":null}], \"a\": 1 }", true)]
    [InlineData("{\"a\":1}", "{\"a\":\"1\"}", false)]
    [InlineData("{\"a\":[1,2]}", "{\"a\":[2,1]}", false)]
    [InlineData("{\"a\":null}", "{}", false)]
    [InlineData("{\"a\":\"b\\\",\\\"c\"}", "{\"a\":\"b\",\"c\":\"\"}", false)]
    public void Given_arguments_then_their_digest_depends_on_what_they_say_alone(string one, string two, bool same) => Assert.Equal(
        same,
        CanonicalJson.Digest(System.Text.Json.Nodes.JsonNode.Parse(one)).AsSpan().SequenceEqual(CanonicalJson.Digest(System.Text.Json.Nodes.JsonNode.Parse(two))));

    [Fact]
    public void Given_a_member_that_stands_twice_then_there_is_no_digest() =>
        Assert.ThrowsAny<Exception>(() => CanonicalJson.Digest(System.Text.Json.Nodes.JsonNode.Parse("""{"a":1,"a":2}""")));

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public void Given_a_bad_key_then_the_error_names_the_setting_and_not_the_key(string key)
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => ConfirmationKey.Of(new ConfirmationOptions { Key = key }));

        Assert.Contains("McpSecurity:Confirmation:Key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_key_file_then_it_is_read_and_one_that_is_not_there_stops()
    {
        var folder = Directory.CreateTempSubdirectory("mcpsec-");
        try
        {
            var file = Path.Combine(folder.FullName, "key");
            File.WriteAllText(file, Convert.ToBase64String(Enumerable.Repeat((byte)7, 32).ToArray()) + "\n");

            Assert.Equal(Enumerable.Repeat((byte)7, 32), ConfirmationKey.Of(new ConfirmationOptions { KeyFile = file }));
            var error = Assert.Throws<McpSecurityConfigurationException>(() => ConfirmationKey.Of(new ConfirmationOptions { KeyFile = file + "x" }));
            Assert.DoesNotContain(folder.FullName, error.Message, StringComparison.Ordinal);
            Assert.Throws<McpSecurityConfigurationException>(() => ConfirmationKey.Of(new ConfirmationOptions { KeyFile = file, Key = "AAAA" }));
            Assert.NotEqual(ConfirmationKey.Of(new ConfirmationOptions()), ConfirmationKey.Of(new ConfirmationOptions()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private RequestStateSeal Seal() => new(Enumerable.Range(1, 32).Select(static i => (byte)i).ToArray(), _time);
}
