namespace McpSecureGen.Validation;

/// <summary>
/// One check of a bound value. It may replace the value by its canonical form: the value that leaves the last rule is the value the tool receives.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
public interface IValueRule<T>
{
    /// <summary>Checks <paramref name="value"/>, and replaces it where the rule has a canonical form.</summary>
    /// <param name="value">The bound value; <see langword="null"/> only where <see cref="AppliesToNull"/> says so.</param>
    /// <param name="scope">What else the rule may ask for: services, and a place for checks that have to wait.</param>
    /// <param name="violation">What is wrong, when the result is <see langword="false"/>.</param>
    /// <returns>Whether the value is accepted.</returns>
    bool TryApply(ref T value, in ValidationScope scope, out RuleViolation violation);

    /// <summary>Whether the rule wants to see <see langword="null"/> as well, as validation attributes do.</summary>
    bool AppliesToNull => false;
}

/// <summary>Why a value was refused, in words for the model that sent it: no host path, no secret, not the value itself.</summary>
/// <param name="Rule">The rule: the attribute's name without its suffix (<c>SafePath</c>, <c>Range</c>) or a fixed word (<c>Required</c>, <c>Type</c>).</param>
/// <param name="Message">What is asked for; it follows the parameter's name, as in <c>must lie inside its root folder</c>.</param>
/// <param name="Path">Where inside the argument, as in <c>.items[2].name</c>; empty for the argument itself.</param>
public readonly record struct RuleViolation(string Rule, string Message, string Path = "")
{
    /// <summary>The same violation seen from one level further out.</summary>
    internal RuleViolation Beneath(string step) => this with { Path = step + Path };
}

/// <summary>A rule that is a list of choices; completion offers them.</summary>
internal interface IChoiceRule
{
    /// <summary>The choices that are text.</summary>
    IReadOnlyList<string>? Choices { get; }
}

/// <summary>A rule that gives a value its canonical form. It applies to a default value as well: <c>path = "."</c> means the root, not the working directory.</summary>
internal interface ICanonicalRule
{
    /// <summary>Whether it looks at a default that is an empty text, too.</summary>
    bool AppliesToEmptyDefault => true;
}

/// <summary>A rule around another one.</summary>
internal interface IWrappingRule
{
    /// <summary>The rule inside.</summary>
    object Inner { get; }
}

/// <summary>A rule that bounds the length of text; the schema says so too.</summary>
internal interface ILengthBound
{
    /// <summary>The greatest length in UTF-16 characters.</summary>
    int MaxLength { get; }
}
