using System.Collections.Immutable;
using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Which types a program puts into a container, as far as it can be seen.</summary>
/// <param name="Types">Every type that a call names as a type argument, inferred ones included, or with <c>typeof</c>.</param>
/// <param name="Scans">Whether some call registers types that it does not name.</param>
internal sealed record Registrations(ImmutableHashSet<ITypeSymbol> Types, bool Scans)
{
    /// <summary>Calls that ask a container, or offer primitives, rather than register.</summary>
    private static readonly ImmutableHashSet<string> Others = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "GetService", "GetRequiredService", "GetServices", "GetKeyedService", "GetRequiredKeyedService", "GetKeyedServices",
        "WithTools", "WithPrompts", "WithResources", "Resolve", "CreateInstance", "OfType", "Cast", "Select", "Deserialize", "Serialize");

    private static readonly string[] ScanNames = ["Scan", "RegisterAssembly", "FromAssembly", "AddAssembly", "RegisterModule", "AutoRegister", "ConfigureContainer", "UseServiceProviderFactory"];

    public static Registrations Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var types = ImmutableHashSet.CreateBuilder<ITypeSymbol>(SymbolEqualityComparer.Default);
        var scans = false;
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (OwnOutput.Contains(tree))
            {
                continue;
            }

            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
            {
                switch (node)
                {
                    case InvocationExpressionSyntax invocation:
                        var name = NameOf(invocation.Expression);
                        scans |= !name.StartsWith("With", StringComparison.Ordinal) && ScanNames.Any(scan => name.Contains(scan));
                        if (!Others.Contains(name) && Registers(name) && model.GetSymbolInfo(invocation, cancellationToken).Symbol is IMethodSymbol { TypeArguments.IsEmpty: false } method)
                        {
                            types.UnionWith(method.TypeArguments.Select(static t => t.OriginalDefinition));
                        }

                        break;
                    case TypeOfExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: var call } } type
                        when !(call is InvocationExpressionSyntax asked && Others.Contains(NameOf(asked.Expression))) && model.GetTypeInfo(type.Type, cancellationToken).Type is { } named:
                        types.Add(named.OriginalDefinition);
                        break;
                }
            }
        }

        return new Registrations(types.ToImmutable(), scans);
    }

    /// <summary>Names of registering calls, of this container and of others: AddSingleton, TryAddScoped, RegisterType, ServiceDescriptor.Singleton, As.</summary>
    private static bool Registers(string name) =>
        name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("TryAdd", StringComparison.Ordinal) || name.StartsWith("Register", StringComparison.Ordinal) ||
        name.StartsWith("Replace", StringComparison.Ordinal) || name.StartsWith("Decorate", StringComparison.Ordinal) || name.StartsWith("Configure", StringComparison.Ordinal) ||
        name.StartsWith("Bind", StringComparison.Ordinal) || name.StartsWith("Use", StringComparison.Ordinal) ||
        name is "Singleton" or "Scoped" or "Transient" or "Describe" or "KeyedSingleton" or "KeyedScoped" or "KeyedTransient" or "As" or "For" or "Instance" or "With";

    private static string NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
