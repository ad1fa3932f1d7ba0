using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>The white space between the start of a line and its first token.</summary>
internal static class Indentation
{
    public static SyntaxTriviaList Of(SyntaxTriviaList leading) =>
        leading.Count > 0 && leading[leading.Count - 1] is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;
}
