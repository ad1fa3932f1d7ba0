using System.Text.Json.Nodes;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Json;
using McpSecureGen.Validation.Rules;
using ModelContextProtocol;

namespace McpSecureGen.HostileInput.Json;

/// <summary>What the parts do that no tool of this project shows by itself.</summary>
public sealed class RulePartsTests
{
    [Fact]
    public void A_check_inside_packed_JSON_is_put_off_like_any_other_and_refuses_where_nobody_waits()
    {
        var rule = new JsonStringRule<string[]>(
            new JsonStringAttribute(typeof(string[])),
            Readers.Serialized<string[]>(McpJsonUtilities.DefaultOptions, new LimitOptions()),
            new Member<string[]>(false, new ElementsRule<string[], string>(new Member<string>(false, new Waiting()))),
            null,
            new LimitOptions(),
            McpJsonUtilities.DefaultOptions);
        var deferral = new Deferral();
        var text = """["a","b"]""";

        Assert.True(rule.TryApply(ref text, new ValidationScope(null, deferral), out _));
        Assert.Equal(2, deferral.Count);
        Assert.Equal("""["A","B"]""", text);
        Assert.False(rule.TryApply(ref text, new ValidationScope(null, null), out _));
    }

    [Theory]
    [InlineData(true, """{"type":["string","null"]}""")]
    [InlineData(false, """{"type":"string"}""")]
    public void A_confined_type_is_text_to_the_client(bool acceptsNull, string expected)
    {
        var node = new JsonObject();
        new SchemaNode(node, new SchemaDocument(node)).Describe<ConfinedPath>([], acceptsNull);
        Assert.Equal(expected, node.ToJsonString());
        var url = new JsonObject();
        new SchemaNode(url, new SchemaDocument(url)).Describe<ConfinedUrl>([], acceptsNull);
        Assert.Equal(expected, url.ToJsonString());
    }

    [Theory]
    [InlineData("[a-z]+", "^[a-z]+$")]
    [InlineData("^[a-z]+$", "^[a-z]+$")]
    [InlineData("\\A[a-z]+\\z", "^[a-z]+$")]
    [InlineData("^a|b$", "^(?:a|b)$")]
    [InlineData("a\\$", "^a\\$$")]
    [InlineData("a\\\\z", "^a\\\\z$")]
    [InlineData("", "^$")]
    public void A_published_pattern_is_about_the_whole_text(string pattern, string published) => Assert.Equal(published, PatternRule.Anchored(pattern));

    [Fact]
    public void A_reference_to_another_document_or_to_itself_is_not_followed()
    {
        var root = JsonNode.Parse("""{"properties":{"a":{"$ref":"https://example.org/schema"},"b":{"$ref":"#/properties/b"},"c":{"$ref":"#/properties/d"},"d":{"type":"string"}}}""")!.AsObject();
        var document = new SchemaDocument(root);
        var properties = root["properties"]!.AsObject();
        Assert.Null(document.Resolve(properties, "a"));
        Assert.Null(document.Resolve(properties, "b"));
        Assert.Same(properties["d"], document.Resolve(properties, "c"));
    }

    private sealed class Waiting : IValueRule<string>
    {
        public bool TryApply(ref string value, in ValidationScope scope, out RuleViolation violation)
        {
            violation = new RuleViolation("Waiting", "nobody waits");
            value = value.ToUpperInvariant();
            return scope.TryDefer(new Check());
        }
    }

    private sealed class Check : IDeferredCheck
    {
        public ValueTask<RuleViolation?> CheckAsync(CancellationToken cancellationToken) => default;
    }

    private sealed class Deferral : IDeferral
    {
        public int Count { get; private set; }

        public void Defer(IDeferredCheck check) => Count++;
    }
}
