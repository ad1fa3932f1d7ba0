using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>Recognises files that this library's generator wrote.</summary>
internal static class OwnOutput
{
    private const string GeneratorAssembly = "McpSecureGen.Analyzers";

    /// <summary>
    /// The compiler names a generated file <c>.../{generator assembly}/{generator type}/{hint name}</c>. All three parts must be ours: the file
    /// name alone would let anyone hide code from the rules.
    /// </summary>
    public static bool Contains(SyntaxTree? tree)
    {
        if (tree is null)
        {
            return false;
        }

        var parts = tree.FilePath.Split('/', '\\');
        return parts.Length >= 3
            && parts[parts.Length - 1].StartsWith("McpSecureGen.", StringComparison.Ordinal)
            && parts[parts.Length - 2].StartsWith(GeneratorAssembly + ".", StringComparison.Ordinal)
            && string.Equals(parts[parts.Length - 3], GeneratorAssembly, StringComparison.Ordinal);
    }
}
