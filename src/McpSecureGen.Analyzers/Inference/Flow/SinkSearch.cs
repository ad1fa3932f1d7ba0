using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>Notes which of the client's values reach a place of the sink table, or are searched by a regular expression.</summary>
internal sealed class SinkSearch(FlowReader reader, List<ClientUse> uses, List<ClientMatch> matches)
{
    public void Visit(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                Arguments(invocation.TargetMethod, invocation.Arguments);
                Elements(invocation);
                Matches(invocation);

                // A source method is gone through where its result is read; one whose result is not used is gone through here.
                _ = reader.Read(invocation);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                Arguments(constructor, creation.Arguments);
                break;
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } target, Value: var value }:
                if (SinkTable.Instance.ValueOf(property) is { } sink)
                {
                    Note(reader.Read(value), sink, property, value);
                }
                else if (target.Property.IsIndexer && ElementSink(target.Instance) is var (element, list))
                {
                    Note(reader.Read(value), element, list, value);
                }

                break;
        }
    }

    private void Arguments(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments)
    {
        var sinks = SinkTable.Instance.ArgumentsOf(method);
        if (sinks.IsEmpty || (sinks[0].Kind == "regex" && arguments.Any(IsNonBacktracking)))
        {
            return;
        }

        foreach (var argument in arguments)
        {
            foreach (var sink in sinks)
            {
                if (sink.Ordinal == argument.Parameter?.Ordinal)
                {
                    Note(reader.Read(argument.Value), sink, method, argument.Value);
                }
            }
        }
    }

    private static bool IsNonBacktracking(IArgumentOperation argument) =>
        argument.Parameter is { Type.Name: "RegexOptions" } && argument.Value.ConstantValue is { HasValue: true, Value: int options } && (options & RegexCall.NonBacktracking) != 0;

    private void Elements(IInvocationOperation invocation)
    {
        if (invocation.TargetMethod.Name is "Add" or "Insert" or "AddRange" && ElementSink(invocation.Instance) is var (sink, list))
        {
            foreach (var argument in invocation.Arguments)
            {
                Note(reader.Read(argument.Value), sink, list, argument.Value);
            }
        }
    }

    private static (Sink Sink, IPropertySymbol List)? ElementSink(IOperation? instance)
    {
        var property = instance switch
        {
            IPropertyReferenceOperation reference => reference.Property,
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => Initialized(instance),
            _ => null,
        };
        return property is not null && SinkTable.Instance.ElementOf(property) is { } sink ? (sink, property) : null;
    }

    /// <summary>The property that <c>{ ArgumentList = { a, b } }</c> fills.</summary>
    private static IPropertySymbol? Initialized(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IMemberInitializerOperation member)
            {
                return (member.InitializedMember as IPropertyReferenceOperation)?.Property;
            }
        }

        return null;
    }

    private void Matches(IInvocationOperation invocation)
    {
        if (!FlowRules.IsRegex(invocation.TargetMethod.ContainingType))
        {
            return;
        }

        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter is { Name: "input" })
            {
                foreach (var source in reader.Read(argument.Value).All)
                {
                    matches.Add(new ClientMatch(source, invocation));
                }
            }
        }
    }

    private void Note(TextFlow flow, Sink sink, ISymbol api, IOperation value)
    {
        foreach (var source in flow.All)
        {
            uses.Add(new ClientUse(source, sink, api, flow.Leads.Contains(source), value.Syntax.GetLocation()));
        }
    }
}
