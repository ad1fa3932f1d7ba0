using McpSecureGen;

namespace FileServer;

/// <summary>A line that contains the text.</summary>
/// <param name="Path">Below the workspace.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Text">The line, cut where it is long.</param>
public sealed record TextMatch(string Path, int Line, string Text);

/// <summary>Looks for a text in all files below a folder. Links are listed and never entered, so nothing outside the workspace is read.</summary>
internal static class TextSearch
{
    private const int MaxLineLength = 400;
    private const long MaxFileBytes = 4 * 1024 * 1024;

    public static IEnumerable<TextMatch> Below(ConfinedPath folder, string text, CancellationToken cancellationToken)
    {
        foreach (var file in folder.Enumerate(recursive: true))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Kind != PathKind.File || TryRead(file) is not { } content)
            {
                continue;
            }

            var number = 0;
            foreach (var line in content.Split('\n'))
            {
                number++;
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    var shown = line.TrimEnd('\r');
                    yield return new TextMatch(file.Relative, number, shown.Length > MaxLineLength ? shown[..MaxLineLength] : shown);
                }
            }
        }
    }

    /// <summary>The text of a file; null when it is too long, no text, or gone meanwhile.</summary>
    private static string? TryRead(ConfinedPath file)
    {
        try
        {
            return file.ReadAllText(MaxFileBytes);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
