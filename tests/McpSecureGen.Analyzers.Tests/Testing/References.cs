using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace McpSecureGen.Analyzers.Tests.Testing;

/// <summary>What test sources are compiled against: the running framework and the real SDK, read once.</summary>
internal static class References
{
    public static readonly ReferenceAssemblies None = new("net10.0");

    public static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
        .. Files("Microsoft.Extensions.DependencyInjection.Abstractions"),
    ];

    public static readonly ImmutableArray<MetadataReference> Sdk = Files(
        "ModelContextProtocol", "ModelContextProtocol.Core", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Logging.Abstractions");

    /// <summary>ASP.NET Core, its bearer authentication, and the SDK's HTTP package.</summary>
    public static readonly ImmutableArray<MetadataReference> Web =
    [
        .. Loaded.Paths.Values
            .Where(path => Path.GetFileName(path).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) || Path.GetFileName(path) == "Microsoft.AspNetCore.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        .. Files(
            "ModelContextProtocol.AspNetCore",
            "Microsoft.IdentityModel.Tokens",
            "Microsoft.IdentityModel.JsonWebTokens",
            "Microsoft.IdentityModel.Protocols",
            "Microsoft.IdentityModel.Abstractions",
            "Microsoft.Extensions.Configuration.Abstractions",
            "Microsoft.Extensions.Hosting.Abstractions",
            "Microsoft.Extensions.Primitives"),
    ];

    /// <summary>The library's own HTTP package.</summary>
    public static readonly MetadataReference OwnWeb = Files("McpSecureGen.AspNetCore")[0];

    public static readonly MetadataReference Own = MetadataReference.CreateFromFile(typeof(RequiresCapabilityAttribute).Assembly.Location);

    /// <summary>
    /// A library with internal types that carry the names of every type the rules know. It must change nothing: a rule that resolved its types
    /// by metadata name would go blind here.
    /// </summary>
    public static readonly MetadataReference NameCollisions = Compile("Polyfills", """
        namespace ModelContextProtocol.Server
        {
            internal sealed class McpServerToolAttribute : System.Attribute;
            internal sealed class McpServerPromptAttribute : System.Attribute;
            internal sealed class McpServerResourceAttribute : System.Attribute;
            internal sealed class McpServerToolTypeAttribute : System.Attribute;
            internal sealed class McpServerTool;
            internal sealed class McpServer;
            internal sealed class McpServerHandlers;
            internal sealed class McpServerOptions;
        }
        namespace McpSecureGen
        {
            internal sealed class RequiresCapabilityAttribute : System.Attribute;
            internal sealed class RequiresNoCapabilityAttribute : System.Attribute;
            internal sealed class SafePathAttribute : System.Attribute;
            internal sealed class DefineCapabilityAttribute : System.Attribute;
            internal sealed class DefineRoleAttribute : System.Attribute;
            internal static class McpCapabilities;
        }
        namespace Microsoft.Extensions.DependencyInjection
        {
            internal static class McpServerServiceCollectionExtensions;
            internal static class McpServerBuilderExtensions;
            internal static class McpSecurityServiceCollectionExtensions;
        }
        namespace Microsoft.AspNetCore.Authorization
        {
            internal interface IAllowAnonymous;
            internal sealed class AllowAnonymousAttribute : System.Attribute;
        }
        namespace Microsoft.AspNetCore.Builder
        {
            internal static class McpEndpointRouteBuilderExtensions;
            internal static class AuthorizationEndpointConventionBuilderExtensions;
        }
        namespace Microsoft.IdentityModel.Tokens
        {
            internal sealed class TokenValidationParameters;
        }
        namespace Microsoft.Extensions.AI
        {
            internal abstract class AIFunction;
            internal sealed class AIFunctionArguments;
        }
        """, Framework);

    /// <summary>Compiles a library in memory; a test fails here when its source does not compile.</summary>
    public static MetadataReference Compile(string assemblyName, string source, IEnumerable<MetadataReference> references)
    {
        var compilation = CSharpCompilation.Create(
            assemblyName,
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview))],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static ImmutableArray<MetadataReference> Files(params string[] names) =>
        [.. names.Select(name => MetadataReference.CreateFromFile(Loaded.Paths[name]))];

    /// <summary>What this process runs on, by name: packages from the output folder, frameworks from theirs.</summary>
    private static class Loaded
    {
        public static readonly Dictionary<string, string> Paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
    }
}
