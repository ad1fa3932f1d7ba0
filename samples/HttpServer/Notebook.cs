using McpSecureGen.Hosting;
using McpSecureGen.Validation.Paths;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace HttpServer;

/// <summary>The folder of the notes: one Markdown file each. Its methods take paths that <c>[SafePath]</c> has checked.</summary>
internal sealed class Notebook(IOptions<McpSecurityOptions> security)
{
    public const string Root = "notes";

    private const int MaxBytes = 262_144;

    private readonly string _folder = PathRoots.Create(security.Value.Roots).Get(Root).RealPath;

    /// <summary>The names, sorted.</summary>
    public IReadOnlyList<string> Names(int limit) =>
        [.. Directory.EnumerateFiles(_folder, "*.md").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal).Take(limit)];

    /// <exception cref="McpException">There is no such note, or it is too long.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        new FileInfo(path) switch
        {
            { Exists: false } => throw new McpException("There is no such note."),
            { Length: > MaxBytes } => throw new McpException($"The note is longer than {MaxBytes} bytes."),
            _ => await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false),
        };

    public static Task WriteAsync(string path, string text, CancellationToken cancellationToken) => File.WriteAllTextAsync(path, text, cancellationToken);

    /// <exception cref="McpException">There is no such note.</exception>
    public static void Delete(string path)
    {
        if (!File.Exists(path))
        {
            throw new McpException("There is no such note.");
        }

        File.Delete(path);
    }
}
