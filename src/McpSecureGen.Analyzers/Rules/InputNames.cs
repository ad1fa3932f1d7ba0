using System.Collections.Immutable;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Reads from a name whether its value is a path, a URL or a command: by its last words, as English names things.</summary>
internal static class InputNames
{
    private static readonly ImmutableHashSet<string> Paths = Words(
        "path", "paths", "pathname", "file", "files", "filename", "filenames", "filepath", "filepaths", "dir", "dirs", "dirname", "directory", "directories",
        "folder", "folders", "foldername", "subdirectory", "subfolder", "symlink", "filespec");

    private static readonly ImmutableHashSet<string> Urls = Words(
        "url", "urls", "uri", "uris", "href", "hrefs", "endpoint", "endpoints", "webhook", "webhooks", "hyperlink", "weburl", "website");

    private static readonly ImmutableHashSet<string> Executables = Words("command", "commands", "cmd", "cmds", "executable", "executables", "exe", "program");

    private static readonly ImmutableHashSet<string> Arguments = Words("args", "arguments", "argv", "cmdline", "commandline", "cmdargs");

    /// <summary>Two words at the end that together name a path.</summary>
    private static readonly ImmutableHashSet<string> Holders = Words("file", "directory", "dir", "folder");

    /// <summary>What a path leads through when it is not the file system.</summary>
    private static readonly ImmutableHashSet<string> OtherTrees = Words(
        "json", "xml", "x", "key", "property", "field", "object", "member", "css", "svg", "yaml", "career", "learning", "critical", "url", "uri", "route", "api",
        "request", "namespace", "type", "graph", "node", "tree", "category", "menu", "attack", "upgrade", "dom", "selector");

    /// <summary>Words before the last that make it something one talks about.</summary>
    private static readonly ImmutableHashSet<string> Abstract = Words("is", "has", "no", "per", "max", "min", "total");

    /// <summary>Null when the name says nothing of the kind.</summary>
    public static InputKind? KindOf(string name)
    {
        var words = Split(name);
        if (words.Count == 0)
        {
            return null;
        }

        var last = words[words.Count - 1];
        var before = words.Count > 1 ? words[words.Count - 2] : "";
        if (Abstract.Contains(words[0]))
        {
            return null;
        }

        if (Urls.Contains(last))
        {
            return InputKind.Url;
        }

        if (Paths.Contains(last) || (last is "name" or "names" or "location" && Holders.Contains(before)))
        {
            return last is "path" or "paths" && OtherTrees.Contains(before) ? null : InputKind.Path;
        }

        return Arguments.Contains(last) || (last is "line" && before is "command" or "cmd") ? InputKind.Argument
            : Executables.Contains(last) ? InputKind.Executable
            : null;
    }

    /// <summary>The words of a name in camel, Pascal, snake or kebab case, in lower case.</summary>
    internal static List<string> Split(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var isSeparator = i < name.Length && !char.IsLetterOrDigit(name[i]);
            var isEnd = i == name.Length || isSeparator ||
                (i > start && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) ||
                (i > start && char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]));
            if (!isEnd)
            {
                continue;
            }

            // A number behind a word counts things: path2 is a path.
            if (i > start && !char.IsDigit(name[start]))
            {
                words.Add(name.Substring(start, i - start).ToLowerInvariant());
            }

            start = isSeparator ? i + 1 : i;
        }

        return words;
    }

    private static ImmutableHashSet<string> Words(params string[] words) => ImmutableHashSet.Create(StringComparer.Ordinal, words);
}
