using McpSecureGen.Hosting;

namespace McpSecureGen.Validation.Paths;

/// <summary>What a declaration asks of the file that a path names, beside its place.</summary>
/// <param name="Access">What the tool does.</param>
/// <param name="Extensions">Those allowed, with their dot; none: all.</param>
/// <param name="AllowHardLinks">Whether a file may have a second name, which may lie outside.</param>
/// <param name="MaxBytes">How much of a file is read or written.</param>
/// <param name="MaxLength">The greatest length of the argument.</param>
internal sealed record PathPolicy(PathAccess Access, string[] Extensions, bool AllowHardLinks, long MaxBytes, int MaxLength)
{
    /// <summary>The policy of a declaration.</summary>
    /// <exception cref="McpSecurityConfigurationException">The declaration contradicts itself.</exception>
    internal static PathPolicy Of(SafePathAttribute attribute)
    {
        var extensions = attribute.Extensions ?? [];
        var problems = new List<string>();
        if (attribute.MaxLength < 1)
        {
            problems.Add($"[SafePath(Root = \"{attribute.Root}\", MaxLength = {attribute.MaxLength})] accepts nothing: set 1 or more.");
        }

        if (attribute.MaxBytes < 1)
        {
            problems.Add($"[SafePath(Root = \"{attribute.Root}\", MaxBytes = {attribute.MaxBytes})] accepts nothing: set 1 or more.");
        }

        if (!Enum.IsDefined(attribute.Access))
        {
            problems.Add($"[SafePath(Root = \"{attribute.Root}\")] has an Access that is neither Read nor Write.");
        }

        if (extensions.Any(extension => extension is not { Length: > 1 } || extension[0] != '.' || extension[^1] is '.' or ' '
                || extension.AsSpan().ContainsAny('/', '\\', ':')))
        {
            problems.Add($"[SafePath(Root = \"{attribute.Root}\")] has an extension without its dot or with a separator: write \".txt\".");
        }

        return problems.Count == 0
            ? new PathPolicy(attribute.Access, extensions, attribute.AllowHardLinks, attribute.MaxBytes, attribute.MaxLength)
            : throw new McpSecurityConfigurationException(problems);
    }

    /// <summary>What is wrong with the name of a file, or <see langword="null"/>.</summary>
    internal string? FaultOfExtension(string name) =>
        Extensions.Length == 0 || Extensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            ? null
            : $"must have one of the extensions {string.Join(", ", Extensions)}";

    /// <summary>What is wrong with an entry as such, or <see langword="null"/>.</summary>
    internal string? FaultOfEntry(EntryFacts facts) =>
        facts.Kind == PathKind.Special ? "must name a file or folder, not a pipe, socket or device"
        : facts is { Kind: PathKind.File, Links: > 1 } && !AllowHardLinks ? "must not name a file that has another name (a hard link)"
        : null;
}
