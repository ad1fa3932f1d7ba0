using System.Collections.Immutable;

namespace McpSecureGen.Analyzers.Inference.Patterns;

/// <summary>A piece of a regular expression.</summary>
internal abstract record PatternNode;

/// <summary>One character.</summary>
/// <param name="Class">Which.</param>
/// <param name="Text">How it is written: two of one text take the same.</param>
internal sealed record OneChar(CharClass Class, string Text) : PatternNode;

/// <summary>Pieces one after the other; none: the empty text.</summary>
internal sealed record Sequence(ImmutableArray<PatternNode> Items) : PatternNode;

/// <summary>One piece of several.</summary>
internal sealed record Choice(ImmutableArray<PatternNode> Items) : PatternNode;

/// <summary>A piece several times; no maximum: without end.</summary>
internal sealed record Repeat(PatternNode Item, int Min, int? Max) : PatternNode;

/// <summary>A group whose text is kept.</summary>
internal sealed record Capture(PatternNode Item) : PatternNode;

/// <summary>A place in the text, not a part of it.</summary>
internal sealed record Anchor(AnchorKind Kind) : PatternNode;

/// <summary>A look ahead or back, which takes no text.</summary>
internal sealed record Look(PatternNode Item) : PatternNode;

/// <summary>What a group took, once more; null where the group is not known.</summary>
internal sealed record BackReference(string Group) : PatternNode;

/// <summary>A group that is never entered again once it has matched.</summary>
internal sealed record Atomic(PatternNode Item) : PatternNode;

/// <summary>Which place in the text.</summary>
internal enum AnchorKind
{
    /// <summary><c>\A</c>, and <c>^</c> outside multi-line mode.</summary>
    Start,

    /// <summary><c>\z</c>.</summary>
    End,

    /// <summary><c>\Z</c>, and <c>$</c> outside multi-line mode: a final line feed may follow.</summary>
    EndOrFinalNewLine,

    /// <summary><c>^</c> in multi-line mode.</summary>
    LineStart,

    /// <summary><c>$</c> in multi-line mode.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    Boundary,

    /// <summary><c>\B</c>.</summary>
    NoBoundary,

    /// <summary><c>\G</c>.</summary>
    Continuation,
}
