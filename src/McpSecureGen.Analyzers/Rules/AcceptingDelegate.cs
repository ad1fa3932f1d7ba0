using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Recognises a validation delegate that accepts whatever it is given.</summary>
/// <remarks>
/// It throws nothing and every return is <see langword="true"/>, a parameter, or a token read from a parameter without a check. A delegate that
/// calls anything else before it returns a parameter may check there, and gets the benefit of the doubt; one that returns <see langword="true"/> on
/// every path does not.
/// </remarks>
internal static class AcceptingDelegate
{
    public static bool Is(IOperation value, Compilation compilation)
    {
        switch (Unwrap(value))
        {
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                return IsDangerousValidator(Unwrap(value));
            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }:
                return Accepts(lambda.Body);
            case IAnonymousFunctionOperation lambda:
                return Accepts(lambda.Body);
            case IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: var method } }:
                return BodyOf(method, compilation) is { } body && Accepts(body);
            default:
                return false;
        }
    }

    /// <summary><c>HttpClientHandler.DangerousAcceptAnyServerCertificateValidator</c>.</summary>
    private static bool IsDangerousValidator(IOperation value) => value is IMemberReferenceOperation
    {
        Member: { Name: "DangerousAcceptAnyServerCertificateValidator", ContainingType.Name: "HttpClientHandler" },
    };

    private static bool Accepts(IOperation body)
    {
        var (returns, allTrue, calls) = (0, true, false);
        foreach (var operation in Own(body))
        {
            switch (operation)
            {
                case IThrowOperation:
                    return false;
                case IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } returned }:
                    returns++;
                    if (!IsAcceptance(returned, out var isTrue))
                    {
                        return false;
                    }

                    allTrue &= isTrue;
                    break;
                case IInvocationOperation call when !ReadsToken(call) && !WrapsResult(call.TargetMethod):
                    calls = true;
                    break;
            }
        }

        return returns > 0 && (allTrue || !calls);
    }

    private static bool IsAcceptance(IOperation returned, out bool isTrue)
    {
        var value = Unwrap(returned);
        isTrue = value.ConstantValue is { HasValue: true, Value: true };
        return isTrue || value switch
        {
            IParameterReferenceOperation => true,
            IObjectCreationOperation creation => IsToken(creation.Type) || creation.Arguments.Any(static a => IsAcceptance(a.Value, out _)),
            IInvocationOperation call when ReadsToken(call) => true,
            IInvocationOperation call when WrapsResult(call.TargetMethod) => call.Arguments.Any(static a => IsAcceptance(a.Value, out _)),
            _ => false,
        };
    }

    /// <summary>The token classes parse what they are made from and check nothing.</summary>
    private static bool IsToken(ITypeSymbol? type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (Infrastructure.McpSymbols.Is(level, "Microsoft.IdentityModel.Tokens", "Microsoft.IdentityModel.Tokens", "SecurityToken"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ReadsToken(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("Read", StringComparison.Ordinal) && IsToken(call.TargetMethod.ReturnType);

    private static bool WrapsResult(IMethodSymbol method) => method.Name == "FromResult" && method.ContainingType.Name is "Task" or "ValueTask";

    /// <summary>The operations of the body without those of functions declared in it.</summary>
    private static IEnumerable<IOperation> Own(IOperation body)
    {
        var open = new Stack<IOperation>();
        open.Push(body);
        while (open.Count > 0)
        {
            var operation = open.Pop();
            yield return operation;
            foreach (var child in operation.ChildOperations)
            {
                if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
                {
                    open.Push(child);
                }
            }
        }
    }

    private static IOperation? BodyOf(IMethodSymbol method, Compilation compilation)
    {
        var part = method.PartialImplementationPart ?? method;
        if (part.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not { } syntax || !compilation.ContainsSyntaxTree(syntax.SyntaxTree))
        {
            return null;
        }

#pragma warning disable RS1030 // The method named as a validator may stand in any file.
        return compilation.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax) switch
#pragma warning restore RS1030
        {
            IMethodBodyOperation body => body.BlockBody ?? body.ExpressionBody,
            ILocalFunctionOperation local => local.Body,
            _ => null,
        };
    }

    private static IOperation Unwrap(IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        }

        return operation;
    }
}
