using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.HostileInput.Json.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Json;

/// <summary>
/// The schema that a tool publishes and the validator that refuses say the same. What the schema calls invalid is never accepted; what it calls valid is
/// refused by rules alone that no schema can express, each listed here with its reason.
/// </summary>
[Collection("Json")]
public sealed class AgreementTests(ITestOutputHelper output)
{
    private const int CasesPerTool = 150;

    /// <summary>Rule, tool (or all) and why a schema cannot say it.</summary>
    private static readonly (string Rule, string? Method, string Why)[] Inexpressible =
    [
        ("EmailAddress", null, "format is an annotation"),
        ("Url", null, "format is an annotation"),
        ("Base64String", null, "contentEncoding is an annotation"),
        ("SafeText", null, "invisible and control characters"),
        ("JsonString", null, "contentSchema is an annotation"),
        ("Text", null, "U+0000 and lone surrogates"),
        ("Duplicate", null, "a schema sees one of two members"),
        ("Required", nameof(AgreementTools.Needed), "blank text"),
        ("Required", nameof(AgreementTools.ACrate), "blank text"),
        ("Type", nameof(AgreementTools.Id), "format is an annotation"),
        ("Type", nameof(AgreementTools.Day), "format is an annotation"),
        ("Type", nameof(AgreementTools.Bytes), "contentEncoding is an annotation"),
        ("Type", nameof(AgreementTools.AByte), "the range of the number's type"),
        ("*", nameof(AgreementTools.Packed), "contentSchema is an annotation"),
    ];

    [Fact]
    public async Task Schema_and_validator_agree_on_generated_values()
    {
        await using var server = await RawServer.StartAsync(static builder => builder.WithTools([typeof(AgreementTools)]));
        var listed = (await server.SendAsync("tools/list", $$"""{"_meta":{{RawServer.Meta}}}""")).GetProperty("result").GetProperty("tools").EnumerateArray()
            .ToDictionary(static tool => tool.GetProperty("name").GetString()!, static tool => tool.GetProperty("inputSchema"));
        var (cases, validAccepted, invalidRefused) = (0, 0, 0);
        var exceptions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var method in Methods())
        {
            var schema = listed[Answers.ToolName(method)];
            var validator = new SchemaValidator(schema);
            foreach (var arguments in Arguments(schema, method))
            {
                var json = JsonElement.Parse(arguments);
                var valid = validator.IsValid(json);
                var rule = await server.RuleAsync(Answers.ToolName(method), method, arguments);
                cases++;
                switch (valid, rule)
                {
                    case (true, null):
                        validAccepted++;
                        break;
                    case (false, not null):
                        invalidRefused++;
                        break;
                    case (false, null):
                        problems.Add($"{method} accepts {Cut(arguments)}, which its schema calls invalid: {schema}");
                        break;
                    default:
                        if (Reason(method, rule!, arguments) is { } why)
                        {
                            var key = $"{rule}: {why}";
                            exceptions[key] = exceptions.GetValueOrDefault(key) + 1;
                        }
                        else
                        {
                            problems.Add($"{method} refuses {Cut(arguments)} by {rule}, which its schema calls valid: {schema}");
                        }

                        break;
                }
            }
        }

        output.WriteLine($"{Methods().Length} tools, {cases} calls: valid and accepted {validAccepted}, invalid and refused {invalidRefused}, invalid and accepted 0");
        output.WriteLine($"valid and refused {exceptions.Values.Sum()}, each by a rule that a schema cannot express:");
        foreach (var (why, count) in exceptions)
        {
            output.WriteLine($"{count,7}  {why}");
        }

        Assert.True(problems.Count == 0, $"{problems.Count} problems\n" + string.Join('\n', problems.Take(12)));
        Assert.True(validAccepted > cases / 10 && invalidRefused > cases / 10, "the generator is one-sided");
    }

    [Fact]
    public async Task What_the_library_enforces_stands_in_the_schema_at_every_depth()
    {
        await using var server = await RawServer.StartAsync(static builder => builder.WithTools([typeof(AgreementTools)]));
        var listed = (await server.SendAsync("tools/list", $$"""{"_meta":{{RawServer.Meta}}}""")).GetProperty("result").GetProperty("tools").EnumerateArray()
            .ToDictionary(static tool => tool.GetProperty("name").GetString()!, static tool => tool.GetProperty("inputSchema").GetProperty("properties"));

        var crate = listed["a_crate"].GetProperty("value").GetProperty("properties");
        Assert.Equal(65_536, listed["unbounded"].GetProperty("value").GetProperty("maxLength").GetInt32());
        Assert.Equal(1_024, listed["numbers"].GetProperty("value").GetProperty("maxItems").GetInt32());
        Assert.Equal(1_024, listed["open_table"].GetProperty("value").GetProperty("maxProperties").GetInt32());
        Assert.Equal(65_536, listed["open_table"].GetProperty("value").GetProperty("additionalProperties").GetProperty("maxLength").GetInt32());
        Assert.Equal(65_536, listed["open_table"].GetProperty("value").GetProperty("propertyNames").GetProperty("maxLength").GetInt32());
        Assert.Equal(12, listed["plain"].GetProperty("value").GetProperty("maxLength").GetInt32());
        Assert.False(crate.GetProperty("parts").GetProperty("items").GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(65_536, crate.GetProperty("parts").GetProperty("items").GetProperty("properties").GetProperty("tags").GetProperty("items").GetProperty("maxLength").GetInt32());
        Assert.Equal(1_024, crate.GetProperty("stock").GetProperty("maxProperties").GetInt32());
        var packed = listed["packed"].GetProperty("value");
        Assert.Equal("string", packed.GetProperty("type").GetString());
        Assert.Equal("application/json", packed.GetProperty("contentMediaType").GetString());
        Assert.Equal(200, packed.GetProperty("maxLength").GetInt32());
        Assert.Equal(2, packed.GetProperty("contentSchema").GetProperty("maxItems").GetInt32());
        Assert.False(packed.GetProperty("contentSchema").GetProperty("items").GetProperty("additionalProperties").GetBoolean());
        Assert.True(new SchemaValidator(packed.GetProperty("contentSchema")).IsValid(JsonElement.Parse("""[{"name":"a"}]""")));
        Assert.False(new SchemaValidator(packed.GetProperty("contentSchema")).IsValid(JsonElement.Parse("""[{"name":"a","x":1}]""")));
    }

    private static string[] Methods() =>
        [.. typeof(AgreementTools).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(static m => m.IsDefined(typeof(McpServerToolAttribute))).Select(static m => m.Name)];

    /// <summary>Values made after the schema, then bent: bounds met and missed, types exchanged, members added, removed and renamed.</summary>
    private static IEnumerable<string> Arguments(JsonElement schema, string method)
    {
        var maker = new SchemaValues(schema, new Random(method.Sum(static c => c)));
        for (var i = 0; i < CasesPerTool; i++)
        {
            var arguments = maker.Value(schema, 0);
            yield return (i % 3 == 0 ? arguments : maker.Bend(arguments))?.ToJsonString() is { } text && text.StartsWith('{') ? text : "{}";
        }
    }

    private static string? Reason(string method, string rule, string arguments)
    {
        foreach (var (listed, at, why) in Inexpressible)
        {
            if ((listed == rule || listed == "*") && (at is null || at == method))
            {
                return why;
            }
        }

        return rule switch
        {
            "Type" when SchemaValues.HasFractionalWhole(arguments) => "a whole number is written without fraction and exponent",
            "Type" or "Finite" when SchemaValues.HasHugeNumber(arguments) => "the range of the number's type",
            "MaxLength" or "StringLength" or "Length" when arguments.Contains("\\uD8", StringComparison.Ordinal) => "UTF-16 characters, where the schema counts code points",
            "MaxLength" when arguments.Length > 1_000 => "default bounds inside free-form JSON",
            _ => null,
        };
    }

    private static string Cut(string text) => text.Length <= 300 ? text : text[..300] + "...";
}
