using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Parsing;

/// <summary>Names of the source as identifiers of generated code.</summary>
internal static class Identifiers
{
    /// <summary>The name with <c>@</c> where it is a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>Any text as part of an identifier without underscores, so that it never equals a name that has one.</summary>
    public static string Plain(string text)
    {
        var name = Sanitize(text).Replace("_", "");
        return name.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(name[0]) ? "Type" + name : name;
    }

    /// <summary>Any text as an identifier: what cannot stand in one becomes an underscore.</summary>
    public static string Sanitize(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            name.Append(SyntaxFacts.IsIdentifierPartCharacter(character) ? character : '_');
        }

        return name.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(name[0]) ? "_" + name : name.ToString();
    }
}
