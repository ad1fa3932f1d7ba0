using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McpSecureGen.Analyzers.Infrastructure;

/// <summary>
/// Whether the compiler takes interceptors from the generated namespace. Emitting them without that is an error (CS9137). One answer for the
/// generator, which emits them, and for the rules that rely on their being there (MCPSEC5002, MCPSEC5003).
/// </summary>
internal static class Interceptors
{
    public const string Namespace = "McpSecureGen.Generated";

    /// <summary>The compiler accepts a listed namespace and everything below it.</summary>
    public static bool AreEnabled(ParseOptions options) => options.Features.Any(static feature =>
        feature.Key is "InterceptorsNamespaces" or "InterceptorsPreviewNamespaces" &&
        feature.Value.Split(';').Select(static name => name.Trim()).Any(static name =>
            name == Namespace || (name.Length > 0 && Namespace.StartsWith(name + ".", StringComparison.Ordinal))));

    /// <summary>Why the project's calls are not intercepted, null when they are.</summary>
    public static string? WhyOff(AnalyzerOptions settings, Compilation compilation)
    {
        if (settings.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.McpSecureGenInterceptors", out var setting)
            && string.Equals(setting.Trim(), "false", StringComparison.OrdinalIgnoreCase))
        {
            return "McpSecureGenInterceptors is false";
        }

        return compilation.SyntaxTrees.FirstOrDefault()?.Options is { } options && !AreEnabled(options)
            ? $"InterceptorsNamespaces does not list {Namespace}"
            : null;
    }
}
