using McpSecureGen.Capabilities;
using McpSecureGen.Hosting;

namespace McpSecureGen.Tests.Capabilities;

public sealed class CapabilityVocabularyTests
{
    private static DefineCapabilityAttribute Define(string name, params string[] implies) => new(name) { Implies = implies };

    private static bool Covers(CapabilityVocabulary vocabulary, string held, string required) =>
        vocabulary.SetOf([held]).Covers(vocabulary.Require("test", [required]).Capabilities);

    [Theory]
    [InlineData("read:files", "read:files", true)]
    [InlineData("read:files", "read:files/temp", true)]
    [InlineData("read:files", "read:files/temp/deep", true)]
    [InlineData("read:files/temp", "read:files/temp/deep", true)]
    [InlineData("read:files/temp", "read:files", false)]
    [InlineData("read:files/temp", "read:files/temporary", false)]
    [InlineData("read:files/temp", "read:files/other", false)]
    [InlineData("read:files", "write:files", false)]
    [InlineData("write:files", "read:files", false)]
    [InlineData("read:file", "read:files", false)]
    [InlineData("read:files", "read:file", false)]
    [InlineData("admin:site", "read:files", true)]
    [InlineData("admin:site", "read:files/temp", true)]
    [InlineData("admin:site", "db:access/orders/eu", true)]
    [InlineData("admin:site", "db:access", false)]
    [InlineData("admin:site", "net:access", false)]
    [InlineData("admin:site/north", "read:files", false)]
    [InlineData("admin:all", "db:access/orders", true)]
    [InlineData("admin:all", "admin:site/north", true)]
    [InlineData("admin:site", "admin:all", false)]
    public void Hierarchy_is_qualified_forms_and_declared_implications_only(string held, string required, bool covered)
    {
        var vocabulary = CapabilityVocabulary.Create(
            [Define("read:file"), Define("admin:all", "admin:site"), Define("admin:site", "read:files", "db:access/orders")]);

        Assert.Equal(covered, Covers(vocabulary, held, required));
    }

    [Fact]
    public void Implications_of_a_qualified_form_reach_holders_of_the_wider_form()
    {
        var vocabulary = CapabilityVocabulary.Create([Define("shop:orders"), Define("shop:orders/ship", "net:access")]);

        Assert.True(Covers(vocabulary, "shop:orders", "net:access"));
        Assert.True(Covers(vocabulary, "shop:orders/ship", "net:access"));
        Assert.False(Covers(vocabulary, "shop:orders/view", "net:access"));
        Assert.False(Covers(vocabulary, "shop:orders/ship/express", "net:access"));
    }

    [Fact]
    public void Names_that_imply_each_other_are_equals_and_reading_ends()
    {
        var vocabulary = CapabilityVocabulary.Create([Define("a:x", "b:x"), Define("b:x", "c:x"), Define("c:x", "a:x"), Define("d:x", "a:x")]);

        Assert.True(Covers(vocabulary, "b:x", "a:x"));
        Assert.True(Covers(vocabulary, "d:x", "c:x/y"));
        Assert.False(Covers(vocabulary, "a:x", "d:x"));
    }

    [Fact]
    public void All_problems_come_in_one_exception()
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => CapabilityVocabulary.Create(
        [
            Define("Bad Name"),
            Define(null!),
            Define("a:x", "nobody:knows", "read:Files", null!),
            Define("b:x", "read:files"),
            Define("b:x", "write:files"),
            Define("read:files", "exec:commands"),
            Define("read:files/temp", "exec:commands"),
        ]));

        Assert.Equal(8, error.Problems.Count);
        Assert.Equal(string.Join('\n', error.Problems), error.Message);
        Assert.Contains(error.Problems, problem => problem.Contains("'nobody:knows'", StringComparison.Ordinal));
        Assert.Contains(error.Problems, problem => problem.Contains("defined twice", StringComparison.Ordinal));
        Assert.IsAssignableFrom<InvalidOperationException>(error);
    }

    [Theory]
    [InlineData("read:files", "read:files/temp")]
    [InlineData("read:files", "exec:commands")]
    [InlineData("read:files/temp", "exec:commands")]
    [InlineData("read:files/temp", "read:filesystem")]
    public void Built_in_name_cannot_be_given_further_meaning(string name, string implied)
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(
            () => CapabilityVocabulary.Create([Define("read:filesystem"), Define(name, implied)]));
        Assert.Contains("built-in", Assert.Single(error.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Harmless_repetitions_are_accepted()
    {
        var vocabulary = CapabilityVocabulary.Create(
        [
            Define("b:x", "read:files", "env:read"), Define("b:x", "env:read", "read:files"),
            new DefineCapabilityAttribute("read:files") { Description = "Ours." },
            Define("read:files/all", "read:files/temp"),
        ]);

        Assert.True(Covers(vocabulary, "b:x", "read:files"));
        Assert.True(Covers(vocabulary, "read:files/all", "read:files/temp"));
    }

    [Theory]
    [InlineData("read:files", true)]
    [InlineData("read:files/anything", true)]
    [InlineData("own:thing/part", true)]
    [InlineData("own:thing/part/more", true)]
    [InlineData("own:thing", false)]
    [InlineData("own:thing/other", false)]
    [InlineData("read:file", false)]
    [InlineData("read:files/", false)]
    [InlineData(null, false)]
    public void Qualified_form_of_a_known_name_is_known(string? name, bool known) =>
        Assert.Equal(known, CapabilityVocabulary.Create([Define("own:thing/part")]).IsKnown(name));

    [Fact]
    public void Requirement_names_are_sorted_and_distinct_and_may_be_none()
    {
        var vocabulary = CapabilityVocabulary.Create([]);
        var requirement = vocabulary.Require("files", ["write:files", "read:files", "write:files"]);

        Assert.Equal("files", requirement.Namespace);
        Assert.Equal(["read:files", "write:files"], requirement.Names);
        Assert.Equal(requirement.Names, requirement.Capabilities.Names);
        Assert.Empty(vocabulary.Require("files", []).Names);
        Assert.True(default(CapabilitySet).Covers(vocabulary.Require("files", []).Capabilities));
        Assert.False(default(CapabilitySet).Covers(requirement.Capabilities));
    }

    [Fact]
    public void Unknown_required_names_are_all_named()
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(
            () => CapabilityVocabulary.Create([]).Require("files", ["read:files", "read:file", "READ:FILES"]));

        Assert.Equal(2, error.Problems.Count);
        Assert.Contains("'read:file'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'READ:FILES'", error.Message, StringComparison.Ordinal);
    }
}
