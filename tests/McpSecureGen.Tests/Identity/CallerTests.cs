using System.Text.Json.Nodes;
using McpSecureGen.Capabilities;
using McpSecureGen.Identity;

namespace McpSecureGen.Tests.Identity;

public sealed class CallerTests
{
    private static readonly TestTokens Issuer = new();

    private readonly CapabilityVocabulary _vocabulary = CapabilityVocabulary.Create(
        [new DefineCapabilityAttribute("admin:site") { Implies = ["read:files", "env:read"] }]);

    private readonly CallerAuthenticator _authenticator;

    public CallerTests()
    {
        var roles = RoleTable.Create(
            _vocabulary,
            [new DefineRoleAttribute("reader", "read:files"), new DefineRoleAttribute("clerk", "write:files") { Namespaces = ["files", "notes"] }],
            new Dictionary<string, string[]> { ["clerk"] = ["files/env:read"], ["ops"] = ["admin:site"] });
        _authenticator = TestTokens.Authenticator(Issuer.Options(), _vocabulary, roles);
    }

    private Caller CallerWith(string claim, string json) =>
        _authenticator.Authenticate(Issuer.Mint(c => { c.Remove("scope"); c[claim] = JsonNode.Parse(json); }), default).Caller!;

    private CapabilityRequirement In(string ns, params string[] names) => _vocabulary.Require(ns, names);

    [Theory]
    [InlineData("scope", "\"read:files\"", true)]
    [InlineData("scope", "\"openid  read:files profile\"", true)]
    [InlineData("scope", "\"files/read:files\"", true)]
    [InlineData("scope", "\"admin:site\"", true)]
    [InlineData("scp", "\"openid read:files\"", true)]
    [InlineData("scp", "[\"openid\",\"read:files\"]", true)]
    [InlineData("roles", "\"reader\"", true)]
    [InlineData("roles", "[\"nobody\",\"reader\"]", true)]
    [InlineData("roles", "[\"ops\"]", true)]
    [InlineData("scope", "\"read:file\"", false)]
    [InlineData("scope", "\"read:files/temp\"", false)]
    [InlineData("scope", "\"READ:FILES\"", false)]
    [InlineData("scope", "\"read:*\"", false)]
    [InlineData("scope", "\"*\"", false)]
    [InlineData("scope", "\"/read:files\"", false)]
    [InlineData("scope", "\"*/read:files\"", false)]
    [InlineData("scope", "\"notes/read:files\"", false)]
    [InlineData("scope", "\"Files/read:files\"", false)]
    [InlineData("scope", "\"notes/files/read:files\"", false)]
    [InlineData("scope", "\"read:files,write:files\"", false)]
    [InlineData("scope", "\"read:files\\twrite:files\"", false)]
    [InlineData("scope", "[\"read:files\"]", false)]
    [InlineData("scope", "{\"read:files\":true}", false)]
    [InlineData("scope", "null", false)]
    [InlineData("scp", "[[\"read:files\"],7,null]", false)]
    [InlineData("scp", "[\"openid read:files\"]", false)]
    [InlineData("roles", "\"Reader\"", false)]
    [InlineData("roles", "\"nobody reader\"", false)]
    [InlineData("roles", "[7,null,{}]", false)]
    [InlineData("roles", "[\"\"]", false)]
    [InlineData("permissions", "[\"read:files\"]", false)]
    [InlineData("realm_access", "{\"roles\":[\"reader\"]}", false)]
    [InlineData("resource_access", "{\"mcp\":{\"roles\":[\"reader\"]}}", false)]
    [InlineData("groups", "[\"reader\"]", false)]
    [InlineData("scope", "\"read:filess\"", false)]
    [InlineData("scope", "\"xread:files\"", false)]
    [InlineData("scope", "\"read:files/\"", false)]
    [InlineData("scope", "\"read:files-temp\"", false)]
    public void Claims_grant_what_they_name_and_nothing_else(string claim, string json, bool granted)
    {
        var caller = CallerWith(claim, json);

        Assert.Equal(granted, caller.May(In("files", "read:files")));
        Assert.Equal(granted ? [] : ["read:files"], caller.MissingFor(In("files", "read:files")));
        Assert.True(caller.May(In("files")));
    }

    [Fact]
    public void Grant_of_a_namespace_counts_there_together_with_the_general_ones()
    {
        var caller = CallerWith("roles", "[\"reader\",\"clerk\"]");

        Assert.True(caller.May(In("files", "read:files", "write:files", "env:read")));
        Assert.True(caller.May(In("notes", "read:files", "write:files")));
        Assert.False(caller.May(In("notes", "env:read")));
        Assert.True(caller.May(In("other", "read:files")));
        Assert.False(caller.May(In("other", "write:files")));
        Assert.Equal(["env:read", "write:files"], caller.MissingFor(In("other", "write:files", "read:files", "env:read")));
    }

    [Fact]
    public void Qualified_name_first_required_after_the_token_was_seen_is_decided_rightly()
    {
        var wide = CallerWith("scope", "\"read:files\"");
        var narrow = CallerWith("scope", "\"read:files/later/deep files/write:files/later\"");

        Assert.True(wide.May(In("files", "read:files/later/deep/deeper")));
        Assert.True(narrow.May(In("files", "read:files/later/deep/deeper")));
        Assert.True(narrow.May(In("files", "read:files/later/deep")));
        Assert.False(narrow.May(In("files", "read:files/later")));
        Assert.False(narrow.May(In("files", "read:files/later/deeper")));
        Assert.True(narrow.May(In("files", "write:files/later/x")));
        Assert.False(narrow.May(In("notes", "write:files/later/x")));
    }

    [Fact]
    public void Requirement_of_another_vocabulary_is_never_met()
    {
        var other = CapabilityVocabulary.Create([]).Require("files", ["read:files"]);
        Assert.False(CallerWith("scope", "\"read:files\"").May(other));
        Assert.Equal(["read:files"], CallerWith("scope", "\"read:files\"").MissingFor(other));
    }

    [Fact]
    public void Client_is_named_by_client_id_or_azp()
    {
        Assert.Equal("desk", CallerWith("azp", "\"other\"").ClientId);
        Caller Of(Action<JsonObject> claims) => _authenticator.Authenticate(Issuer.Mint(claims), default).Caller!;
        Assert.Equal("app", Of(c => { c.Remove("client_id"); c["azp"] = "app"; }).ClientId);
        Assert.Null(Of(c => c.Remove("client_id")).ClientId);
    }

    [Fact]
    public void Seen_token_and_its_decisions_allocate_nothing()
    {
        var token = Issuer.Mint(c => c["scope"] = "openid read:files files/write:files read:files/unindexed");
        CapabilityRequirement[] requirements =
        [
            In("files", "read:files/temp", "write:files"), In("notes", "read:files"), In("notes", "exec:commands"), In("files"),
        ];

        bool Decide()
        {
            var result = _authenticator.Authenticate(token, CallerSource.CallMeta);
            return result.Caller!.May(requirements[0]) && result.Caller.May(requirements[1]) && !result.Caller.May(requirements[2])
                && result.Caller.May(requirements[3]);
        }

        for (var warm = 0; warm < 100; warm++)
        {
            Assert.True(Decide());
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var right = true;
        for (var round = 0; round < 1000; round++)
        {
            right &= Decide();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(right);
    }
}
