using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>A place that makes a web server listen on every address of the machine.</summary>
/// <param name="Place">Where it says so.</param>
/// <param name="Written">What it says, for the message.</param>
/// <param name="Loopback">The same for the own machine only, as source.</param>
internal readonly record struct PublicAddress(SyntaxNode Place, string Written, string Loopback);

/// <summary>Recognises the calls that choose where ASP.NET Core listens, as far as their arguments are constants.</summary>
internal static class ListeningAddress
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel.Core";

    public static IEnumerable<PublicAddress> In(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.Name is "ListenAnyIP" && McpSymbols.Is(method.ContainingType, Kestrel, Kestrel, "KestrelServerOptions"))
        {
            var name = SourceLocations.MemberName(call.Syntax);
            yield return new PublicAddress(call.Syntax.FindNode(name.SourceSpan), method.Name, "ListenLocalhost");
        }
        else if (method.Name is "Listen" && McpSymbols.Is(method.ContainingType, Kestrel, Kestrel, "KestrelServerOptions"))
        {
            foreach (var operation in call.Arguments.SelectMany(static a => a.Descendants()))
            {
                if (operation is IFieldReferenceOperation { Field: { Name: "Any" or "IPv6Any" } field }
                    && field.ContainingType is { Name: "IPAddress" } type
                    && McpSymbols.IsNamespace(type.ContainingNamespace, "System.Net"))
                {
                    var isName = SourceLocations.MemberName(operation.Syntax);
                    yield return new PublicAddress(operation.Syntax.FindNode(isName.SourceSpan), "IPAddress." + field.Name, field.Name == "Any" ? "Loopback" : "IPv6Loopback");
                }
            }
        }
        else if (TakesAddresses(call))
        {
            foreach (var operation in call.Arguments.SelectMany(static a => a.Descendants()))
            {
                if (operation is ILiteralOperation { ConstantValue: { HasValue: true, Value: string urls } } && AnyOf(urls) is { } loopback)
                {
                    yield return new PublicAddress(operation.Syntax, urls, loopback);
                }
            }
        }
    }

    private static bool TakesAddresses(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return method.Name switch
        {
            "UseUrls" => McpSymbols.Is(
                method.ContainingType, "Microsoft.AspNetCore.Hosting.Abstractions", "Microsoft.AspNetCore.Hosting", "HostingAbstractionsWebHostBuilderExtensions"),
            "Run" or "RunAsync" => IsApplication(method.ContainingType),
            "Add" => call.Instance is IPropertyReferenceOperation { Property: { Name: "Urls" } property } && IsApplication(property.ContainingType),
            _ => false,
        };
    }

    private static bool IsApplication(INamedTypeSymbol type) => McpSymbols.Is(type, "Microsoft.AspNetCore", "Microsoft.AspNetCore.Builder", "WebApplication");

    /// <summary>The urls with every host that means "all addresses" replaced, as a literal; null when there is none.</summary>
    /// <remarks>Kestrel binds to all addresses for <c>*</c>, <c>+</c> and any host that is neither an address nor <c>localhost</c>; only the sure ones count here.</remarks>
    private static string? AnyOf(string urls)
    {
        var found = false;
        var parts = urls.Split(';');
        for (var i = 0; i < parts.Length; i++)
        {
            var start = parts[i].IndexOf("://", StringComparison.Ordinal);
            if (start < 0)
            {
                continue;
            }

            start += 3;
            foreach (var host in new[] { "0.0.0.0", "*", "+", "[::]" })
            {
                if (string.CompareOrdinal(parts[i], start, host, 0, host.Length) == 0
                    && (parts[i].Length == start + host.Length || parts[i][start + host.Length] is ':' or '/'))
                {
                    parts[i] = parts[i].Substring(0, start) + "localhost" + parts[i].Substring(start + host.Length);
                    found = true;
                }
            }
        }

        return found ? Parsing.Literals.Text(string.Join(";", parts)) : null;
    }
}
