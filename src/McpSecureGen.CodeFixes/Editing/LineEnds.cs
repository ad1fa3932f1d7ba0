using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Keeps the line ends of the file that is edited.</summary>
internal static class LineEnds
{
    public static SyntaxTrivia Of(SyntaxNode root)
    {
        var text = root.SyntaxTree.GetText();
        var first = text.Lines[0];
        return text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) == "\r\n"
            ? SyntaxFactory.CarriageReturnLineFeed
            : SyntaxFactory.LineFeed;
    }
}
