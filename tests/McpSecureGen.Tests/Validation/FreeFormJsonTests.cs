using System.Text.Json;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Json;
using ModelContextProtocol;

namespace McpSecureGen.Tests.Validation;

/// <summary>A parameter that takes any JSON has no type whose rules bound it: the default limits do.</summary>
public sealed class FreeFormJsonTests
{
    private static readonly LimitOptions Limits = new() { MaxStringLength = 10, MaxItems = 3, MaxDepth = 3 };

    [Theory]
    [InlineData("""{"a":"12345678901"}""", "MaxLength")]
    [InlineData("""[1,2,3,4]""", "MaxLength")]
    [InlineData("""{"a":{"b":{"c":{}}}}""", "Depth")]
    [InlineData("""{"a":1,"a":2}""", "Duplicate")]
    [InlineData("""{"a":"\ud800"}""", "Text")]
    [InlineData("""{"a":1e400}""", "Finite")]
    public void Out_of_bounds_is_refused(string json, string rule)
    {
        var reader = Readers.Serialized<JsonElement>(McpJsonUtilities.DefaultOptions, Limits);

        Assert.False(reader.TryRead(JsonElement.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = true }), out _, out var violation));
        Assert.Equal(rule, violation.Rule);
    }

    [Theory]
    [InlineData("""{"a":"1234567890"}""")]
    [InlineData("""[1,2,3]""")]
    [InlineData("""{"a":{"b":{}}}""")]
    [InlineData("\"text\"")]
    public void Within_bounds_is_read(string json)
    {
        var reader = Readers.Serialized<JsonElement>(McpJsonUtilities.DefaultOptions, Limits);

        Assert.True(reader.TryRead(JsonElement.Parse(json), out var value, out _));
        Assert.Equal(json, value.GetRawText());
    }
}
