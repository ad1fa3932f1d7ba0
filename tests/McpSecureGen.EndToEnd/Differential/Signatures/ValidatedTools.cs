using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class EvenAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is int number && number % 2 == 0;
}

/// <summary>Asks a service of the request whether a value is good.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class MarkedAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext context) =>
        context.GetRequiredService<IStamp>().Mark == value as string ? ValidationResult.Success : new ValidationResult($"not {value}");
}

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class BrokenAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value as string == "good" ? true : throw new InvalidOperationException("broken by " + value);
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class OrderedAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is Window { From: var from, To: var to } && from <= to;
}

public sealed record Account([Range(18, 120)] int Age, [property: StringLength(5)] string Name, [EmailAddress] string? Mail = null, List<Account>? Friends = null);

public sealed class Profile
{
    [Required, RegularExpression("^[a-z]+$")]
    public string? Login { get; set; }

    [MaxLength(2)]
    public List<string> Tags { get; init; } = [];

    [Range(1, 5)]
    public int? Stars { get; set; }

    public Account? Account { get; set; }
}

public sealed class Booking : IValidatableObject
{
    public int Guests { get; set; }

    public int Rooms { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Rooms > Guests)
        {
            yield return new ValidationResult("more rooms than guests");
        }
    }
}

[Ordered]
public sealed class Window
{
    public int From { get; set; }

    public int To { get; set; }
}

/// <summary>Validation attributes, which the SDK prints in the schema and does not enforce.</summary>
[RequiresCapability("read:files")]
internal static class ValidatedTools
{
    [McpServerTool, Sample("""{"value":1}"""), Sample("""{"value":10}""")]
    [Refused("""{"value":0}""", "value", "Range"), Refused("""{"value":11}""", "value", "Range")]
    public static string Ranged([Range(1, 10)] int value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":0.5}"""), Refused("""{"value":0.4999}""", "value", "Range"), Refused("""{"value":1e308}""", "value", "Range")]
    public static string RangedReal([Range(0.5, 1.5)] double value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":5}"""), Refused("""{"value":6}""", "value", "Range")]
    public static string RangedMaybe([Range(1, 5)] int? value) => Effect.Of([value]);

    [McpServerTool, Sample("{}"), Sample("""{"value":5}"""), Refused("""{"value":6}""", "value", "Range")]
    public static string RangedDefault([Range(1, 5)] int value = 3) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"ab"}"""), Refused("""{"value":"a"}""", "value", "StringLength"), Refused("""{"value":"abcdef"}""", "value", "StringLength")]
    public static string Sized([StringLength(5, MinimumLength = 2)] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":[1,2]}"""), Refused("""{"value":[]}""", "value", "MinLength"), Refused("""{"value":[1,2,3,4]}""", "value", "MaxLength")]
    public static string Counted([MinLength(1), MaxLength(3)] int[] value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"ab"}"""), Refused("""{"value":"a"}""", "value", "Length"), Refused("""{"value":"abcd"}""", "value", "Length")]
    public static string Lengthy([Length(2, 3)] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"abc"}"""), Refused("""{"value":"abC"}""", "value", "RegularExpression"), Refused("""{"value":"abc\n"}""", "value", "RegularExpression")]
    public static string Pattern([RegularExpression("^[a-z]+$")] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"aaaa"}""")]
    [Refused("""{"value":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}""", "value", "RegularExpression")]
    public static string SlowPattern([RegularExpression("^(a+)+$", MatchTimeoutInMilliseconds = 50)] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"b"}"""), Refused("""{"value":"B"}""", "value", "AllowedValues")]
    public static string Allowed([AllowedValues("a", "b")] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":2}"""), Refused("""{"value":3}""", "value", "AllowedValues")]
    public static string AllowedNumbers([AllowedValues(1, 2)] int value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"bob"}"""), Refused("""{"value":"root"}""", "value", "DeniedValues")]
    public static string Denied([DeniedValues("root", "admin")] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"a@example.org"}"""), Refused("""{"value":"a"}""", "value", "EmailAddress")]
    public static string Mail([EmailAddress] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"https://example.org"}"""), Refused("""{"value":"javascript:1"}""", "value", "Url")]
    public static string Link([Url] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"AQID"}"""), Refused("""{"value":"AQI"}""", "value", "Base64String")]
    public static string Encoded([Base64String] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"a"}"""), Refused("""{"value":""}""", "value", "Required"), Refused("""{"value":"  "}""", "value", "Required")]
    public static string Needed([Required] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":4}"""), Refused("""{"value":5}""", "value", "Even")]
    public static string Even([Even] int value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"plain"}"""), Refused("""{"value":"other"}""", "value", "Marked")]
    public static string AsksService([Marked] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":"good"}"""), Refused("""{"value":"bad"}""", "value", "Broken")]
    public static string BreakingCheck([Broken] string value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"age":18,"name":"n"}}"""), Refused("""{"value":{"age":17,"name":"n"}}""", "value.age", "Range")]
    [Refused("""{"value":{"age":18,"name":"toolong"}}""", "value.name", "StringLength"), Refused("""{"value":{"age":18,"name":"n","mail":"x"}}""", "value.mail", "EmailAddress")]
    [Refused("""{"value":{"age":18,"name":"n","friends":[{"age":1,"name":"m"}]}}""", "value.friends[0].age", "Range")]
    public static string CheckedMember(Account value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"login":"a"}}"""), Refused("""{"value":{"login":null}}""", "value.login", "NotNull"), Refused("""{"value":{}}""", "value.login", "NotNull")]
    [Refused("""{"value":{"login":"A"}}""", "value.login", "RegularExpression"), Refused("""{"value":{"login":"a","tags":["1","2","3"]}}""", "value.tags", "MaxLength")]
    [Refused("""{"value":{"login":"a","stars":9}}""", "value.stars", "Range"), Refused("""{"value":{"login":"a","account":{"age":1,"name":"n"}}}""", "value.account.age", "Range")]
    public static string CheckedMembers(Profile value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"guests":2,"rooms":1}}"""), Refused("""{"value":{"guests":1,"rooms":2}}""", "value", "Validate")]
    public static string SelfValidating(Booking value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"value":{"from":1,"to":2}}"""), Refused("""{"value":{"from":2,"to":1}}""", "value", "Ordered")]
    public static string TypeRule(Window value) => Effect.Of([value]);

    [McpServerTool, Sample("""{"values":[{"from":1,"to":2}]}"""), Refused("""{"values":[{"from":1,"to":2},{"from":2,"to":1}]}""", "values[1]", "Ordered")]
    public static string TypeRuleOfElements(Window[] values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"values":{"k":{"from":1,"to":2}}}"""), Refused("""{"values":{"k":{"from":2,"to":1}}}""", "values[value]", "Ordered")]
    public static string TypeRuleOfValues(Dictionary<string, Window> values) => Effect.Of([values]);

    [McpServerTool, Sample("""{"value":null}"""), Sample("""{"value":{"from":1,"to":2}}"""), Refused("""{"value":{"from":2,"to":1}}""", "value", "Ordered")]
    public static string TypeRuleMaybe(Window? value) => Effect.Of([value]);
}
