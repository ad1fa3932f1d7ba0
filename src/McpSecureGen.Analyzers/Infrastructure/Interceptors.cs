using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>Whether the compiler takes interceptors from the generated namespace. Emitting them without that is an error (CS9137).</summary>
internal static class Interceptors
{
    private const string Feature = "InterceptorsNamespaces";
    private const string Namespace = "McpSecureGen.Generated";

    public static bool AreEnabled(ParseOptions? options) =>
        options is CSharpParseOptions { Features: { } features } && features.TryGetValue(Feature, out var namespaces) &&
        namespaces.Split(';').Any(static name => name.Trim() is Namespace or "McpSecureGen");
}
