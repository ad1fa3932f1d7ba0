using McpSecureGen.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>What the code says about an endpoint that <c>MapMcp</c> makes.</summary>
/// <remarks>
/// Followed are the calls chained to <c>MapMcp</c>, those on the group it is mapped into, and those on a local variable that holds either.
/// What another method does with the builder is not seen.
/// </remarks>
internal static class McpEndpoint
{
    /// <summary>Longer chains of groups and variables are not followed; code that is being typed may even form a circle.</summary>
    private const int MaxDepth = 16;

    /// <summary>Every call that adds a convention to the endpoint: those chained to it, to its variable and to the groups around it.</summary>
    public static IEnumerable<IInvocationOperation> Conventions(IInvocationOperation mapMcp)
    {
        foreach (var convention in ChainedTo(mapMcp, followed: 0))
        {
            yield return convention;
        }

        var receiver = Receiver(mapMcp);
        for (var depth = 0; receiver is not null && depth < MaxDepth; depth++)
        {
            switch (Unwrap(receiver))
            {
                case IInvocationOperation group:
                    yield return group;
                    receiver = Receiver(group);
                    break;

                case ILocalReferenceOperation { Local: var local } reference when MayCarryConventions(local.Type):
                    foreach (var convention in OnVariable(local, reference, followed: 0))
                    {
                        yield return convention;
                    }

                    receiver = Initializer(local, reference);
                    break;

                default:
                    yield break;
            }
        }
    }

    /// <summary>Whether the call adds a convention to an MCP endpoint of the same member.</summary>
    public static bool IsConvention(IInvocationOperation call)
    {
        foreach (var operation in Root(call).DescendantsAndSelf())
        {
            if (operation is IInvocationOperation mapMcp && AspNetSymbols.IsMapMcp(mapMcp.TargetMethod) && Conventions(mapMcp).Contains(call))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IInvocationOperation> ChainedTo(IOperation operation, int followed)
    {
        var current = operation;
        while (true)
        {
            switch (current.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    current = current.Parent;
                    continue;

                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } next }:
                    yield return next;
                    current = next;
                    continue;

                case IInvocationOperation next when next.Instance == current:
                    yield return next;
                    current = next;
                    continue;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when followed < MaxDepth:
                    foreach (var convention in OnVariable(local, current, followed + 1))
                    {
                        yield return convention;
                    }

                    yield break;

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } when followed < MaxDepth:
                    foreach (var convention in OnVariable(local, current, followed + 1))
                    {
                        yield return convention;
                    }

                    yield break;

                default:
                    yield break;
            }
        }
    }

    private static IEnumerable<IInvocationOperation> OnVariable(ILocalSymbol local, IOperation inside, int followed)
    {
        foreach (var operation in Root(inside).Descendants())
        {
            if (operation is ILocalReferenceOperation { IsDeclaration: false } reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && reference.Parent is not ISimpleAssignmentOperation)
            {
                foreach (var convention in ChainedTo(reference, followed))
                {
                    // Another endpoint of the same group answers for itself.
                    if (IsMapping(convention))
                    {
                        break;
                    }

                    yield return convention;
                }
            }
        }
    }

    private static IOperation? Initializer(ILocalSymbol local, IOperation inside)
    {
        foreach (var operation in Root(inside).Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
            {
                return declarator.GetVariableInitializer()?.Value;
            }
        }

        return null;
    }

    /// <summary>A group; the application itself carries none, and a variable of that type would lead to every call in the program.</summary>
    private static bool MayCarryConventions(ITypeSymbol type)
    {
        if (IsConventionBuilder(type))
        {
            return true;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (IsConventionBuilder(contract))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConventionBuilder(ITypeSymbol type) =>
        McpSymbols.Is(type, "Microsoft.AspNetCore.Http.Abstractions", "Microsoft.AspNetCore.Builder", "IEndpointConventionBuilder");

    private static bool IsMapping(IInvocationOperation call) => call.TargetMethod.Name.StartsWith("Map", StringComparison.Ordinal);

    private static IOperation? Receiver(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault(static a => a.Parameter?.Ordinal == 0)?.Value : null);

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        }

        return operation;
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
