using System.Globalization;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>The bounds that an author sets: how often, how long, how much, and whether a person is asked first.</summary>
internal static class LimitDeclarations
{
    /// <summary>One day: the longest time limit and the longest window.</summary>
    private const int LongestSeconds = 86_400;

    private static readonly string[] Names =
    [
        McpSymbols.RateLimitAttribute, McpSymbols.TimeoutAttribute, McpSymbols.MaxOutputAttribute, McpSymbols.RequiresConfirmationAttribute,
    ];

    /// <summary>As assignments to properties of the policy. A wrong value is written as it stands: the policy refuses it, and with it the server.</summary>
    public static EquatableArray<string> Of(Primitive primitive) =>
        new(Names.Select(name => Find(primitive, name)).Where(static found => found is not null).Select(static found => Assignment(found!)));

    /// <summary>Which of the four it is, by the name an author writes; null for any other attribute.</summary>
    public static string? NameOf(AttributeData attribute) =>
        Names.FirstOrDefault(name => McpSymbols.IsOwnType(attribute.AttributeClass, name)) is { } name
            ? name.Substring(0, name.Length - "Attribute".Length)
            : null;

    /// <summary>What is wrong with its values; null when they can be met.</summary>
    public static string? Contradiction(string name, AttributeData attribute) => (name, Values(attribute)) switch
    {
        ("RateLimit", [int permits, int]) when permits < 1 => $"{permits} calls: it needs one or more",
        ("RateLimit", [int, int seconds]) when seconds is < 1 or > LongestSeconds => $"{seconds} seconds: it needs 1 to {LongestSeconds}",
        ("Timeout", [double seconds]) when !(seconds is > 0 and <= LongestSeconds) =>
            $"{seconds.ToString(CultureInfo.InvariantCulture)} seconds: it needs more than 0 and at most {LongestSeconds}",
        ("MaxOutput", [int characters]) when characters < 1 => $"{characters} characters: it needs one or more",
        ("RequiresConfirmation", [var message]) when string.IsNullOrWhiteSpace(message as string) => "it needs a message for the person who is asked",
        _ => null,
    };

    /// <summary>The nearest: the method and what it overrides, then the reflected type and its bases.</summary>
    private static AttributeData? Find(Primitive primitive, string name)
    {
        for (var method = primitive.Method; method is not null; method = method.OverriddenMethod)
        {
            if (Find(method, name) is { } found)
            {
                return found;
            }
        }

        if (name == McpSymbols.RequiresConfirmationAttribute && primitive.Kind != PrimitiveKind.Tool)
        {
            // A class may hold prompts beside the tools it is meant for. On the method of one it is a mistake, which the runtime refuses.
            return null;
        }

        for (var type = primitive.ReflectedType; type is not null; type = type.BaseType)
        {
            if (Find(type, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static AttributeData? Find(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute =>
            McpSymbols.IsOwnType(attribute.AttributeClass, name) && Values(attribute).Length == attribute.AttributeConstructor?.Parameters.Length);

    private static object?[] Values(AttributeData attribute) =>
        [.. attribute.ConstructorArguments.Where(static argument => argument.Kind == TypedConstantKind.Primitive).Select(static argument => argument.Value)];

    private static string Assignment(AttributeData attribute) => (NameOf(attribute), Values(attribute)) switch
    {
        ("RateLimit", [int permits, int seconds]) =>
            $"RateLimit = new global::McpSecureGen.Invocation.RateLimitRule({Number(permits)}, global::System.TimeSpan.FromSeconds({Number(seconds)}))",
        ("Timeout", [double seconds]) => $"Timeout = global::System.TimeSpan.FromSeconds({Seconds(seconds)})",
        ("MaxOutput", [int characters]) => $"MaxOutput = {Number(characters)}",
        var (_, values) => $"Confirmation = {Literals.Text(values[0] as string ?? "")}",
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What no time span can hold becomes one that the policy refuses, and not an error of the conversion.</summary>
    private static string Seconds(double value) =>
        value is > 0 and <= LongestSeconds ? value.ToString("R", CultureInfo.InvariantCulture) + "D" : "-1D";
}
