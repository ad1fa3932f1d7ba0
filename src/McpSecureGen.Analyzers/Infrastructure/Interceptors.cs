using Microsoft.CodeAnalysis;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>
/// Whether the compiler takes interceptors from the generated namespace. Emitting them without that is an error (CS9137). One answer for the
/// generator, which emits them, and for MCPSEC5002, which relies on their being there.
/// </summary>
internal static class Interceptors
{
    public const string Namespace = "McpSecureGen.Generated";

    /// <summary>The compiler accepts a listed namespace and everything below it.</summary>
    public static bool AreEnabled(ParseOptions options) => options.Features.Any(static feature =>
        feature.Key is "InterceptorsNamespaces" or "InterceptorsPreviewNamespaces" &&
        feature.Value.Split(';').Select(static name => name.Trim()).Any(static name =>
            name == Namespace || (name.Length > 0 && Namespace.StartsWith(name + ".", StringComparison.Ordinal))));
}
