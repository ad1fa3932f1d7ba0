using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>What a call of a source method returns; null when its source is not here.</summary>
internal delegate TextFlow? SourceCall(IMethodSymbol target, IReadOnlyList<(IParameterSymbol Parameter, TextFlow Flow)> arguments, int depth);

/// <summary>What the parameters and locals of one method hold, as far as it comes from the client.</summary>
internal sealed class FlowScope(Dictionary<ISymbol, TextFlow> known, SourceCall call, int depth)
{
    private readonly FlowReader _reader = new(known, call, depth);

    /// <summary>Learns until nothing is new, then notes what reaches a sink.</summary>
    public TextFlow Run(IOperation body, List<ClientUse> uses, List<ClientMatch> matches, CancellationToken cancellationToken)
    {
        var operations = body.DescendantsAndSelf().ToArray();
        for (var round = 0; round < ClientFlow.Rounds; round++)
        {
            var before = known.Count + known.Values.Sum(static flow => flow.Count);
            foreach (var operation in operations)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Learn(operation);
            }

            if (known.Count + known.Values.Sum(static flow => flow.Count) == before)
            {
                break;
            }
        }

        var result = TextFlow.None;
        var search = new SinkSearch(_reader, uses, matches);
        foreach (var operation in operations)
        {
            search.Visit(operation);
            if (operation is IReturnOperation { ReturnedValue: { } value })
            {
                result = result.With(_reader.Read(value));
            }
        }

        return result;
    }

    private void Learn(IOperation operation)
    {
        switch (operation)
        {
            case IVariableDeclaratorOperation { Initializer.Value: { } value, Symbol: var local }:
                Hold(local, _reader.Read(value));
                break;
            case IAssignmentOperation assignment:
                Assign(assignment.Target, _reader.Read(assignment.Value));
                break;
            case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var item } } loop:
                Hold(item, _reader.Read(loop.Collection));
                break;
            case IForEachLoopOperation loop:
                Assign(loop.LoopControlVariable, _reader.Read(loop.Collection));
                break;
            case IIsPatternOperation { Value: var tested, Pattern: var pattern }:
                HoldPattern(pattern, _reader.Read(tested));
                break;
            case ISwitchOperation choice:
                foreach (var clause in choice.Cases.SelectMany(static c => c.Clauses).OfType<IPatternCaseClauseOperation>())
                {
                    HoldPattern(clause.Pattern, _reader.Read(choice.Value));
                }

                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    HoldPattern(arm.Pattern, _reader.Read(choice.Value));
                }

                break;
            case IInvocationOperation invocation:
                LearnFromCall(invocation);
                break;
        }
    }

    private void LearnFromCall(IInvocationOperation invocation)
    {
        if (invocation.TargetMethod.MethodKind == MethodKind.LocalFunction)
        {
            foreach (var argument in invocation.Arguments)
            {
                if (argument.Parameter is { } parameter)
                {
                    Hold(parameter.OriginalDefinition, _reader.Read(argument.Value));
                }
            }

            return;
        }

        var given = invocation.Instance is { } instance ? _reader.Read(instance) : TextFlow.None;
        foreach (var argument in invocation.Arguments)
        {
            given = given.With(_reader.Read(argument.Value));
        }

        if (given.IsEmpty)
        {
            return;
        }

        foreach (var argument in invocation.Arguments)
        {
            // What goes through a collection comes to a lambda's parameters: Select, ForEach and the like.
            if (Unwrapped(argument.Value) is IAnonymousFunctionOperation { Symbol: var lambda })
            {
                foreach (var parameter in lambda.Parameters.Where(static p => FlowRules.CarriesText(p.Type)))
                {
                    Hold(parameter, given);
                }
            }
            else if (argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref, Type: var type } && FlowRules.CarriesText(type) && FlowRules.HandsOn(invocation.TargetMethod))
            {
                Assign(argument.Value, given);
            }
        }

        if (FlowRules.Collects(invocation.TargetMethod) && invocation.Instance is { } collection)
        {
            Assign(collection, given);
        }
    }

    private void Assign(IOperation target, TextFlow flow)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                Hold(local.Local, flow);
                break;
            case IParameterReferenceOperation parameter:
                Hold(parameter.Parameter, flow);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, flow);
                break;
            case IArrayElementReferenceOperation element:
                Assign(element.ArrayReference, flow);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed }:
                Assign(indexed, flow);
                break;
            case ITupleOperation tuple:
                foreach (var part in tuple.Elements)
                {
                    Assign(part, flow);
                }

                break;
        }
    }

    private void HoldPattern(IPatternOperation pattern, TextFlow flow)
    {
        foreach (var part in pattern.DescendantsAndSelf())
        {
            var declared = part switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                IListPatternOperation list => list.DeclaredSymbol,
                _ => null,
            };
            if (declared is ILocalSymbol local && FlowRules.CarriesText(local.Type))
            {
                Hold(local, flow);
            }
        }
    }

    private void Hold(ISymbol symbol, TextFlow flow)
    {
        if (!flow.IsEmpty)
        {
            known[symbol] = known.TryGetValue(symbol, out var before) ? before.With(flow) : flow;
        }
    }

    private static IOperation Unwrapped(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Unwrapped(conversion.Operand),
        IDelegateCreationOperation creation => Unwrapped(creation.Target),
        _ => operation,
    };
}
