using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Editing;

/// <summary>Adds a call on the services that <c>AddMcpServer</c> is called on, in the statement before.</summary>
/// <param name="Services">The expression that yields the services.</param>
/// <param name="Statement">The statement in front of which the call goes.</param>
internal sealed record ServicesCall(string Services, SyntaxNode Statement)
{
    /// <summary>The place for a call of <c>AddMcpServer</c>; null where no statement can be put in front or the services are made on the spot.</summary>
    public static ServicesCall? Before(InvocationExpressionSyntax? addMcpServer)
    {
        if (addMcpServer is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AddMcpServer" } access })
        {
            return null;
        }

        var services = IsStaticCall(access) ? addMcpServer.ArgumentList.Arguments.FirstOrDefault()?.Expression : access.Expression;
        if (services is null || !IsPlainReference(services))
        {
            return null;
        }

        foreach (var ancestor in addMcpServer.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
                case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement:
                    return new ServicesCall(services.WithoutTrivia().ToString(), statement);
                case StatementSyntax { Parent: GlobalStatementSyntax global }:
                    return new ServicesCall(services.WithoutTrivia().ToString(), global);
                case StatementSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Adds <c>services.method();</c> at each place; one call for each services expression of a block or file is enough.</summary>
    public static SyntaxNode Insert(SyntaxNode root, IEnumerable<ServicesCall> places, string method)
    {
        var distinct = places
            .OrderBy(p => p.Statement.SpanStart)
            .GroupBy(p => (p.Statement.Parent, p.Services))
            .Select(group => group.First())
            .ToArray();
        var lineEnd = LineEnds.Of(root);
        root = root.TrackNodes(distinct.Select(p => p.Statement).Distinct());
        foreach (var (services, original) in distinct)
        {
            var statement = root.GetCurrentNode(original)!;
            root = root.InsertNodesBefore(statement, [Call(services, method, statement, lineEnd)]);
            statement = root.GetCurrentNode(original)!;
            root = root.ReplaceNode(statement, statement.WithLeadingTrivia(Indentation.Of(statement.GetLeadingTrivia())));
        }

        return root;
    }

    private static SyntaxNode Call(string services, string method, SyntaxNode statement, SyntaxTrivia lineEnd)
    {
        var call = SyntaxFactory.ParseStatement($"{services}.{method}();");
        return (statement is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(call) : (SyntaxNode)call)
            .WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithTrailingTrivia(lineEnd);
    }

    private static bool IsStaticCall(MemberAccessExpressionSyntax access) =>
        access.Expression.ToString().EndsWith("McpServerServiceCollectionExtensions", StringComparison.Ordinal);

    private static bool IsPlainReference(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsPlainReference(access.Expression),
        _ => false,
    };
}
