using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Whether a handler is the one through which JwtBearer fetches the issuer's keys.</summary>
internal static class Backchannel
{
    /// <summary>
    /// The handler whose property is set stands inside the value of a backchannel property, or in a variable that such a value names in the
    /// same member.
    /// </summary>
    public static bool Uses(IPropertyReferenceOperation certificateCallback)
    {
        IOperation root = certificateCallback;
        for (var operation = certificateCallback.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is ISimpleAssignmentOperation assignment && IsBackchannel(assignment))
            {
                return true;
            }

            root = operation;
        }

        return Variable(certificateCallback) is { } local && root.Descendants().Any(operation =>
            operation is ISimpleAssignmentOperation assignment && IsBackchannel(assignment) && assignment.Value.DescendantsAndSelf().Any(value =>
                value is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)));
    }

    private static bool IsBackchannel(ISimpleAssignmentOperation assignment) =>
        assignment.Target is IPropertyReferenceOperation { Property: var property } && TokenValidationSettings.Of(property) == Weakness.Backchannel;

    /// <summary>The variable that holds the handler: <c>handler.Callback = ...</c>, or the one initialised with <c>new Handler { Callback = ... }</c>.</summary>
    private static ILocalSymbol? Variable(IPropertyReferenceOperation certificateCallback)
    {
        IOperation? receiver = certificateCallback.Instance;
        while (receiver is IPropertyReferenceOperation { Instance: { } owner })
        {
            receiver = owner;
        }

        if (receiver is ILocalReferenceOperation { Local: var local })
        {
            return local;
        }

        for (var operation = certificateCallback.Parent; operation is not null; operation = operation.Parent)
        {
            if (operation is IVariableDeclaratorOperation declarator)
            {
                return declarator.Symbol;
            }
        }

        return null;
    }
}
