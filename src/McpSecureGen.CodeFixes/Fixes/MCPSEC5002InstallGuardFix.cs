using System.Collections.Immutable;
using System.Composition;
using McpSecureGen.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace McpSecureGen.CodeFixes.Fixes;

/// <summary>MCPSEC5002: calls <c>AddMcpSecurity</c> on the same services, in the statement before.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MCPSEC5002InstallGuardFix))]
[Shared]
public sealed class MCPSEC5002InstallGuardFix() : SecurityFix("MCPSEC5002")
{
    internal const string InstallKey = "MCPSEC5002:install";

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is not null && Place(root, diagnostic) is { } place)
            {
                Offer(context, diagnostic, $"Call {place.Services}.AddMcpSecurity()", InstallKey);
            }
        }
    }

    private protected override async Task<Document> ApplyAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        // One call for each services expression of a block or file is enough.
        var places = diagnostics.Select(d => Place(root, d)).OfType<InsertionPlace>()
            .OrderBy(p => p.Statement.SpanStart)
            .GroupBy(p => (p.Statement.Parent, p.Services))
            .Select(group => group.First())
            .ToArray();
        var lineEnd = LineEnds.Of(root);
        root = root.TrackNodes(places.Select(p => p.Statement).Distinct());
        foreach (var (services, original) in places)
        {
            var statement = root.GetCurrentNode(original)!;
            root = root.InsertNodesBefore(statement, [Call(services, statement, lineEnd)]);
            statement = root.GetCurrentNode(original)!;
            root = root.ReplaceNode(statement, statement.WithLeadingTrivia(Indentation.Of(statement.GetLeadingTrivia())));
        }

        return document.WithSyntaxRoot(root);
    }

    private static SyntaxNode Call(string services, SyntaxNode statement, SyntaxTrivia lineEnd)
    {
        var call = SyntaxFactory.ParseStatement($"{services}.AddMcpSecurity();");
        return (statement is GlobalStatementSyntax ? SyntaxFactory.GlobalStatement(call) : (SyntaxNode)call)
            .WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithTrailingTrivia(lineEnd);
    }

    /// <summary>Where the call goes; null where no statement can be put in front or the services are made on the spot.</summary>
    private static InsertionPlace? Place(SyntaxNode root, Diagnostic diagnostic)
    {
        var name = root.FindToken(diagnostic.Location.SourceSpan.Start).Parent;
        if (name?.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: MemberAccessExpressionSyntax access } invocation
            || access.Name.Identifier.ValueText != "AddMcpServer")
        {
            return null;
        }

        var services = IsStaticCall(access) ? invocation.ArgumentList.Arguments.FirstOrDefault()?.Expression : access.Expression;
        if (services is null || !IsPlainReference(services))
        {
            return null;
        }

        foreach (var ancestor in invocation.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
                case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement:
                    return new InsertionPlace(services.WithoutTrivia().ToString(), statement);
                case StatementSyntax { Parent: GlobalStatementSyntax global }:
                    return new InsertionPlace(services.WithoutTrivia().ToString(), global);
                case StatementSyntax:
                    return null;
            }
        }

        return null;
    }

    private static bool IsStaticCall(MemberAccessExpressionSyntax access) =>
        access.Expression.ToString().EndsWith("McpServerServiceCollectionExtensions", StringComparison.Ordinal);

    private static bool IsPlainReference(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsPlainReference(access.Expression),
        _ => false,
    };

    private sealed record InsertionPlace(string Services, SyntaxNode Statement);
}
