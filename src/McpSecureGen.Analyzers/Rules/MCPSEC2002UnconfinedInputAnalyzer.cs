using System.Collections.Immutable;
using McpSecureGen.Analyzers.Inference;
using McpSecureGen.Analyzers.Inference.Flow;
using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static McpSecureGen.Analyzers.Descriptors.Descriptors;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>MCPSEC2002: a text of the client that is used or named like a path, a URL or a piece of a command, and that nothing confines.</summary>
/// <remarks>What the code does with it beats what it is called.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MCPSEC2002UnconfinedInputAnalyzer() : SecurityRule(MCPSEC2002)
{
    /// <summary>The attribute that the fix adds: its name.</summary>
    internal const string AttributeProperty = "attribute";

    /// <summary>Whether the code writes to the path.</summary>
    internal const string WritesProperty = "writes";

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var types = new SourceTypes(context.Compilation, context.CancellationToken);
        var flows = new ClientFlows(context.Compilation, types);
        var clientTypes = ClientTypes.Of(context.Compilation, context.CancellationToken);
        context.RegisterSymbolAction(symbol => Analyze(symbol, flows, clientTypes), SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, ClientFlows flows, Lazy<ImmutableHashSet<INamedTypeSymbol>> clientTypes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!SourceLocations.IsInSource(type))
        {
            return;
        }

        foreach (var (primitive, value) in ClientValue.ParametersOf(type))
        {
            // A variable of a template that spans segments is MCPSEC2006's.
            if (HoldsText(value.Type) && ResourceTemplates.Unconfined(primitive, value) is null)
            {
                Check(context, value, flows.Of(primitive.Method, context.CancellationToken).Uses.Where(use => SymbolEqualityComparer.Default.Equals(use.Source, value.Symbol)));
            }
        }

        foreach (var value in ClientValue.MembersOf(type))
        {
            if (HoldsText(value.Type) && clientTypes.Value.Contains(type.OriginalDefinition))
            {
                Check(context, value, flows.UsesOf(value.Symbol, context.CancellationToken));
            }
        }
    }

    private static void Check(SymbolAnalysisContext context, ClientValue value, IEnumerable<ClientUse> all)
    {
        if (SourceLocations.Name(value.Symbol) is not { } location)
        {
            return;
        }

        var uses = all.Select(use => (Use: use, Kind: KindOf(use))).Where(static u => u.Kind is not null).ToArray();
        var open = uses.FirstOrDefault(u => !u.Kind!.IsConfined(value.Attributes));
        if (open.Use is { } use)
        {
            var writes = open.Kind == InputKind.Path && uses.Any(static u => u.Kind == InputKind.Path && Writes(u.Use));
            Report(context, value, location, open.Kind!, $"is used as {open.Kind!.Noun} by {use.ApiName}", writes, use.Place);
        }
        else if (uses.Length == 0 && NamedKind(value) is { } named && !named.Kind.IsConfined(value.Attributes) && !value.Attributes.Any(SafeAttributes.Is))
        {
            Report(context, value, location, named.Kind, named.Why, writes: false, null);
        }
    }

    private static void Report(SymbolAnalysisContext context, ClientValue value, Location location, InputKind kind, string why, bool writes, Location? place)
    {
        var shown = kind == InputKind.Path ? $"[SafePath(Root = ...{(writes ? ", Access = PathAccess.Write" : "")})]"
            : kind == InputKind.Executable ? "[SafeExecutable(...)] with the programs that may be run"
            : $"[{kind.Attribute}]";
        context.ReportDiagnostic(Diagnostic.Create(
            MCPSEC2002,
            location,
            place is null ? [] : [place],
            ImmutableDictionary<string, string?>.Empty.Add(AttributeProperty, kind.Attribute).Add(WritesProperty, writes ? "true" : null),
            value.Symbol.Name,
            why,
            shown));
    }

    /// <summary>A number, an enum, or one of this library's own types leads nowhere by itself.</summary>
    private static bool HoldsText(ITypeSymbol type) => TypeShapes.HoldsStrings(type) || HoldsUris(type);

    private static bool HoldsUris(ITypeSymbol type) => TypeShapes.IsUri(type) || (TypeShapes.ElementType(type) is { } element && HoldsUris(TypeShapes.Pair(element)?.Value ?? element));

    private static (InputKind Kind, string Why)? NamedKind(ClientValue value) =>
        HoldsUris(value.Type) ? (InputKind.Url, "is a Uri")
        : InputNames.KindOf(value.Symbol.Name) is { } kind ? (kind, $"is named like {kind.Noun}")
        : null;

    /// <summary>Which kind a row of the sink table stands for; null for the kinds that other rules are about.</summary>
    private static InputKind? KindOf(ClientUse use) => use.Sink.Kind switch
    {
        "path" => InputKind.Path,
        "url" when use.Leads => InputKind.Url,
        "command" when use.Sink.Name == "WorkingDirectory" => InputKind.Path,
        "command" when use.Sink.Name is "fileName" or "FileName" or "targetFilePath" or "executable" => InputKind.Executable,
        "command" or "argument" => InputKind.Argument,
        _ => null,
    };

    private static bool Writes(ClientUse use) =>
        CapabilityMap.Instance.Find(use.Api) is { } row && row.Capabilities.Any(static c => c.StartsWith("write:files", StringComparison.Ordinal));
}
