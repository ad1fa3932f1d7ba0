namespace McpSecureGen.Analyzers;

/// <summary>The names of the generator's steps; the incremental tests assert on them.</summary>
internal static class StepNames
{
    public const string AttributedPrimitives = nameof(AttributedPrimitives);
    public const string InheritedPrimitives = nameof(InheritedPrimitives);
    public const string Names = nameof(Names);
    public const string Primitives = nameof(Primitives);
    public const string Table = nameof(Table);
    public const string Definitions = nameof(Definitions);
    public const string Interceptions = nameof(Interceptions);
    public const string InterceptorsEnabled = nameof(InterceptorsEnabled);
}
