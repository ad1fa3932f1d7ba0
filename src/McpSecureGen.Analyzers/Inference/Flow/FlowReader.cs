using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>Reads which of the client's values an expression is made of.</summary>
internal sealed class FlowReader(Dictionary<ISymbol, TextFlow> known, SourceCall call, int depth)
{
    private const int MaxNesting = 40;

    private readonly Dictionary<IOperation, (int Given, TextFlow Result)> _calls = [];
    private int _nesting;

    public TextFlow Read(IOperation? operation)
    {
        if (operation is null || operation.ConstantValue.HasValue || _nesting > MaxNesting)
        {
            return TextFlow.None;
        }

        _nesting++;
        var flow = ReadInner(operation);
        _nesting--;
        return flow.IsEmpty || FlowRules.CarriesText(operation.Type) || operation is IArgumentOperation or IInterpolatedStringHandlerCreationOperation ? flow : TextFlow.None;
    }

    private TextFlow ReadInner(IOperation operation) => operation switch
    {
        IParameterReferenceOperation parameter => Known(parameter.Parameter),
        ILocalReferenceOperation local => Known(local.Local),
        IArgumentOperation argument => Read(argument.Value),
        IConversionOperation conversion => Read(conversion.Operand),
        IParenthesizedOperation inner => Read(inner.Operand),
        IAwaitOperation awaited => Read(awaited.Operation),
        ICoalesceOperation coalesce => Read(coalesce.Value).With(Read(coalesce.WhenNull)),
        IConditionalOperation conditional => Read(conditional.WhenTrue).With(Read(conditional.WhenFalse)),
        ISwitchExpressionOperation choice => Union(choice.Arms.Select(static a => a.Value)),
        IAssignmentOperation assignment => Read(assignment.Value),
        IConditionalAccessOperation access => Read(access.WhenNotNull),
        IConditionalAccessInstanceOperation instance => Read(Accessed(instance)),
        IInterpolatedStringOperation text => Joined(text.Parts),
        IInterpolatedStringHandlerCreationOperation handler => Read(handler.Content),
        IInterpolatedStringAdditionOperation addition => Read(addition.Left).With(Read(addition.Right).Behind()),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Joined(Operands(sum)),
        IArrayElementReferenceOperation element => Read(element.ArrayReference),
        IArrayCreationOperation { Initializer: { } elements } => Union(elements.ElementValues),
        ICollectionExpressionOperation collection => Union(collection.Elements),
        ISpreadOperation spread => Read(spread.Operand),
        ITupleOperation tuple => Union(tuple.Elements),
        IImplicitIndexerReferenceOperation index => Read(index.Instance),
        IPropertyReferenceOperation property => Property(property),
        IFieldReferenceOperation { Instance: { } instance } field => Member(field.Field, field.Field.Type, Read(instance)),
        IObjectCreationOperation creation when creation.Constructor is { } constructor && FlowRules.HandsOn(constructor) =>
            Union(creation.Arguments).With(Initial(creation.Initializer)),
        IInvocationOperation invocation => Invocation(invocation),
        _ => TextFlow.None,
    };

    private TextFlow Known(ISymbol symbol) => known.TryGetValue(symbol, out var flow) ? flow : TextFlow.None;

    private TextFlow Union(IEnumerable<IOperation> operations)
    {
        var flow = TextFlow.None;
        foreach (var operation in operations)
        {
            flow = flow.With(Read(operation));
        }

        return flow;
    }

    /// <summary>What a collection is filled with where it is made.</summary>
    private TextFlow Initial(IObjectOrCollectionInitializerOperation? initializer) => initializer is null
        ? TextFlow.None
        : Union(initializer.Initializers.OfType<IInvocationOperation>().SelectMany(static i => i.Arguments));

    private TextFlow Property(IPropertyReferenceOperation reference)
    {
        if (reference.Instance is not { } instance || Read(instance) is not { IsEmpty: false } flow)
        {
            return TextFlow.None;
        }

        return Member(reference.Property, reference.Property.Type, flow);
    }

    /// <summary>A member of a client's type is a value of its own; a part of a text or a collection is that text.</summary>
    private static TextFlow Member(ISymbol member, ITypeSymbol type, TextFlow flow)
    {
        if (flow.IsEmpty || !FlowRules.CarriesText(type))
        {
            return TextFlow.None;
        }

        return member.ContainingType is { } container && ObjectParser.IsObject(container) ? TextFlow.Of(member.OriginalDefinition) : flow;
    }

    private TextFlow Invocation(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        if (FlowRules.HandsOn(method))
        {
            var arguments = invocation.Arguments.Select(static a => a.Value);
            return (method.ContainingType.SpecialType, method.Name) switch
            {
                (SpecialType.System_String, "Concat") => Joined(arguments.SelectMany(Flattened)),
                (SpecialType.System_String, "Format") => Formatted(invocation),
                _ => Read(invocation.Instance).With(Union(arguments)),
            };
        }

        var given = invocation.Arguments
            .Where(static a => a.Parameter is not null)
            .Select(a => (a.Parameter!, Read(a.Value)))
            .Where(static a => !a.Item2.IsEmpty)
            .ToArray();
        if (given.Length == 0)
        {
            return TextFlow.None;
        }

        // What is known only grows, so the number of values tells whether anything is new since the last time.
        var count = given.Sum(static g => g.Item2.Count);
        if (_calls.TryGetValue(invocation, out var before) && before.Given == count)
        {
            return before.Result;
        }

        var result = call(method, given, depth) ?? TextFlow.None;
        _calls[invocation] = (count, result);
        return result;
    }

    /// <summary>The first argument that is not constant decides where a formatted text leads, when nothing stands before it.</summary>
    private TextFlow Formatted(IInvocationOperation invocation)
    {
        var flow = Union(invocation.Arguments);
        var format = invocation.Arguments.Select(static a => a.Value.ConstantValue).FirstOrDefault(static c => c.HasValue).Value as string ?? "";
        var start = format.IndexOf('{');
        return FlowRules.LeavesHostOpen(start < 0 ? format : format.Substring(0, start)) ? flow : flow.Behind();
    }

    private TextFlow Joined(IEnumerable<IOperation> parts)
    {
        var flow = TextFlow.None;
        var beginning = "";
        foreach (var part in parts)
        {
            var value = part switch
            {
                IInterpolatedStringTextOperation text => text.Text,
                IInterpolationOperation interpolation => interpolation.Expression,
                IInterpolatedStringAppendOperation append => (append.AppendCall as IInvocationOperation)?.Arguments.FirstOrDefault()?.Value,
                _ => part,
            };
            if (value?.ConstantValue is { HasValue: true, Value: var constant })
            {
                beginning += constant as string ?? "x";
                continue;
            }

            var own = Read(value);
            flow = flow.With(FlowRules.LeavesHostOpen(beginning) ? own : own.Behind());
            beginning += "x";
        }

        return flow;
    }

    private static IEnumerable<IOperation> Operands(IOperation operation) => operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, ConstantValue.HasValue: false } sum
        ? Operands(sum.LeftOperand).Concat(Operands(sum.RightOperand))
        : [operation];

    private static IEnumerable<IOperation> Flattened(IOperation operation) =>
        operation is IArrayCreationOperation { Initializer: { } elements } ? elements.ElementValues : [operation];

    private static IOperation? Accessed(IConditionalAccessInstanceOperation instance)
    {
        for (var parent = instance.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access)
            {
                return access.Operation;
            }
        }

        return null;
    }
}
