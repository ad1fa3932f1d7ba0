using System.Text;

namespace FileServer;

/// <summary>A line that contains the text.</summary>
/// <param name="Path">Below the workspace.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Text">The line, cut where it is long.</param>
public sealed record TextMatch(string Path, int Line, string Text);

/// <summary>Looks for a text in all files below a folder.</summary>
internal static class TextSearch
{
    private const int MaxLineLength = 400;
    private const long MaxFileBytes = 4 * 1024 * 1024;

    // Links are neither followed nor read: one that leads out of the workspace would carry the search with it. The check of the folder's own
    // path says nothing about what lies below it.
    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 32,
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
        IgnoreInaccessible = true,
    };

    public static IEnumerable<TextMatch> Below(string folder, string text, Workspace workspace, CancellationToken cancellationToken)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", WithoutLinks))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // A pipe has no length either, and opening it would wait for a writer.
            if (file.Length is 0 or > MaxFileBytes)
            {
                continue;
            }

            var number = 0;
            foreach (var line in File.ReadLines(file.FullName, Encoding.UTF8))
            {
                number++;
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    yield return new TextMatch(workspace.Relative(file.FullName), number, line.Length > MaxLineLength ? line[..MaxLineLength] : line);
                }
            }
        }
    }
}
