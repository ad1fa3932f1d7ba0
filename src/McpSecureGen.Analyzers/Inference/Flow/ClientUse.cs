using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Inference.Flow;

/// <summary>A value of the client that reaches a place of the sink table.</summary>
/// <param name="Source">The parameter, or the member of a complex one.</param>
/// <param name="Sink">What it becomes.</param>
/// <param name="Api">The library's member.</param>
/// <param name="Leads">Whether it decides where the text leads, and is not only a part behind a fixed beginning.</param>
/// <param name="Place">Where that happens.</param>
internal sealed record ClientUse(ISymbol Source, Sink Sink, ISymbol Api, bool Leads, Location Place)
{
    /// <summary>The member as a reader of the code knows it.</summary>
    public string ApiName => Api is IMethodSymbol { MethodKind: MethodKind.Constructor } ? $"new {Api.ContainingType.Name}" : $"{Api.ContainingType?.Name}.{Api.Name}";
}

/// <summary>A value of the client in which a regular expression looks for matches.</summary>
/// <param name="Source">The parameter, or the member of a complex one.</param>
/// <param name="Call">The call that matches.</param>
internal sealed record ClientMatch(ISymbol Source, IInvocationOperation Call);
