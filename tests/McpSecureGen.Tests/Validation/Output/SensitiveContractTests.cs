using System.Text.Json;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpSecureGen.Validation.Output;

namespace McpSecureGen.Tests.Validation.Output;

public sealed partial class SensitiveContractTests
{
    private static readonly JsonSerializerOptions Reflected = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
    private static readonly JsonSerializerOptions Generated = new(JsonSerializerDefaults.Web) { TypeInfoResolver = SensitiveJson.Default };

    public static TheoryData<bool> Both => [true, false];

    [Theory, MemberData(nameof(Both))]
    public void A_sensitive_member_is_redacted_wherever_it_stands(bool isGenerated)
    {
        var account = new Account("ann", "hunter2") { Token = "tok-1234567", Pin = 4711, MaybePin = 5, Codes = ["c-0815"], Inner = new Plain("visible") };

        var json = Write(account, isGenerated);

        Assert.Equal(
            """{"name":"ann","password":"[redacted]","access_token":"[redacted]","pin":0,"maybePin":null,"codes":[],"hasKey":false,"level":"Low","home":{"street":"[redacted]","number":0},"inner":{"text":"visible"}}""",
            json);
    }

    [Theory, MemberData(nameof(Both))]
    public void Nested_in_lists_dictionaries_and_derived_types_too(bool isGenerated)
    {
        var vault = new Vault
        {
            List = [new("a", "hunter2")],
            Map = new() { ["k"] = new("b", "hunter2") },
            Shape = new Derived { Own = "hunter2", Overridden = "hunter2", Open = "open" },
        };

        var json = Write(vault, isGenerated);

        Assert.DoesNotContain("hunter2", json, StringComparison.Ordinal);
        Assert.Contains("\"open\":\"open\"", json, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"b\"", json, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Both))]
    public void What_is_written_has_the_types_that_the_schema_asks_for(bool isGenerated)
    {
        var options = isGenerated ? Generated : Reflected;
        var schema = JsonSchemaExporter.GetJsonSchemaAsNode(options, typeof(Account), new() { TreatNullObliviousAsNonNullable = true });
        var json = JsonElement.Parse(Write(new Account("a", "b"), isGenerated));

        foreach (var (name, described) in schema["properties"]!.AsObject())
        {
            var allowed = described!["type"]?.ToJsonString() ?? "\"string\"";
            var kind = json.GetProperty(name).ValueKind switch
            {
                JsonValueKind.String => "string",
                JsonValueKind.Number => "integer",
                JsonValueKind.True or JsonValueKind.False => "boolean",
                JsonValueKind.Array => "array",
                JsonValueKind.Object => "object",
                _ => "null",
            };
            Assert.True(allowed.Contains($"\"{kind}\"", StringComparison.Ordinal), $"{name}: {allowed} and {kind}");
        }
    }

    [Fact]
    public void A_getter_of_a_sensitive_member_is_not_even_read() => Assert.Equal("""{"secret":"[redacted]"}""", Write(new Exploding(), false));

    [Fact]
    public void The_contract_knows_which_types_hold_something_sensitive()
    {
        var contract = SensitiveContract.Of(Reflected);

        Assert.True(contract.Reaches(typeof(Account)));
        Assert.True(contract.Reaches(typeof(List<Vault>)));
        Assert.True(contract.Reaches(typeof(Dictionary<string, Account[]>)));
        Assert.True(contract.Reaches(typeof(Shape)));
        Assert.False(contract.Reaches(typeof(Plain)));
        Assert.False(contract.Reaches(typeof(string)));
    }

    [Fact]
    public void Options_are_made_once() => Assert.Same(SensitiveContract.Of(Reflected), SensitiveContract.Of(Reflected));

    private static string Write<T>(T value, bool isGenerated)
    {
        var options = SensitiveContract.Of(isGenerated ? Generated : Reflected).Options;
        return JsonSerializer.Serialize(value, options.GetTypeInfo(typeof(T)));
    }

    internal sealed record Account(string Name, [Sensitive] string Password)
    {
        [JsonPropertyName("access_token"), Sensitive]
        public string? Token { get; init; }

        [Sensitive]
        public int Pin { get; init; }

        [Sensitive]
        public int? MaybePin { get; init; }

        [Sensitive]
        public List<string> Codes { get; init; } = [];

        [Sensitive]
        public bool HasKey { get; init; }

        [Sensitive, JsonConverter(typeof(JsonStringEnumConverter<Level>))]
        public Level Level { get; init; } = Level.High;

        [Sensitive]
        public Address Home { get; init; } = new("hunter2", 7);

        public Plain? Inner { get; init; }
    }

    internal sealed record Address(string Street, int Number);

    internal sealed record Plain(string Text);

    [JsonConverter(typeof(JsonStringEnumConverter<Level>))]
    internal enum Level
    {
        Low,
        High,
    }

    internal sealed class Vault
    {
        public List<Account> List { get; init; } = [];

        public Dictionary<string, Account> Map { get; init; } = [];

        public Shape? Shape { get; init; }
    }

    [JsonDerivedType(typeof(Derived), "derived")]
    internal abstract class Shape
    {
        [Sensitive]
        public virtual string? Overridden { get; init; }
    }

    internal sealed class Derived : Shape
    {
        [Sensitive]
        public string? Own { get; init; }

        public override string? Overridden { get; init; }

        public string? Open { get; init; }
    }

    internal sealed class Exploding
    {
        [Sensitive]
        public string Secret => throw new InvalidOperationException("read");
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Account))]
    [JsonSerializable(typeof(Vault))]
    private sealed partial class SensitiveJson : JsonSerializerContext;
}
