using System.Collections.Immutable;
using McpSecureGen.Analyzers.Inference.Patterns;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>What a text of the client leads to, and the attribute that confines it.</summary>
/// <param name="Noun">As a message says it.</param>
/// <param name="Attribute">The attribute's name in code.</param>
/// <param name="Suitable">The attributes that confine such a text.</param>
/// <param name="Separators">The characters without which it can do no harm.</param>
internal sealed record InputKind(string Noun, string Attribute, ImmutableHashSet<string> Suitable, string Separators)
{
    public static readonly InputKind Path = new(
        "a path", "SafePath", Names(McpSymbols.SafePathAttribute, McpSymbols.SafeExecutableAttribute, McpSymbols.SafeIdentifierAttribute), @"/\:.");

    public static readonly InputKind Url = new(
        "a URL", "SafeUrl", Names(McpSymbols.SafeUrlAttribute, McpSymbols.SafeIdentifierAttribute), @"/\:.@%");

    public static readonly InputKind Argument = new(
        "an argument of a program",
        "SafeArgument",
        Names(McpSymbols.SafeArgumentAttribute, McpSymbols.SafeExecutableAttribute, McpSymbols.SafeIdentifierAttribute, McpSymbols.SafePathAttribute, McpSymbols.SafeUrlAttribute),
        "-+@/ \"'\n");

    public static readonly InputKind Executable = new(
        "a program to run", "SafeExecutable", Names(McpSymbols.SafeExecutableAttribute, McpSymbols.SafePathAttribute), @"/\.-_abcdefghijklmnopqrstuvwxyz");

    private static ImmutableHashSet<string> Names(params string[] names) => ImmutableHashSet.Create(StringComparer.Ordinal, names);

    /// <summary>Whether something beside the value leaves no such text through.</summary>
    public bool IsConfined(ImmutableArray<AttributeData> attributes) => attributes.Any(attribute =>
        (SafeAttributes.Is(attribute) && Suitable.Contains(attribute.AttributeClass!.Name)) || ValidationAttributes.NameOf(attribute) switch
        {
            "AllowedValues" => true,
            "RegularExpression" => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string pattern }] && !PatternFacts.Takes(pattern, Separators),
            _ => false,
        });
}
