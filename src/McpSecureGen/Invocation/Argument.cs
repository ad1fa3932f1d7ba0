using System.Text.Json;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Json;
using McpSecureGen.Validation.Rules;

namespace McpSecureGen.Invocation;

/// <summary>One client-supplied parameter: its name, how it is read, and what it must satisfy. Made once per wrapper.</summary>
/// <typeparam name="T">The parameter's type.</typeparam>
public sealed class Argument<T> : IArgument
{
    private readonly ValueReader<T> _reader;
    private readonly IValueRule<T>[] _rules;
    private readonly IValueRule<T>[] _canonicalRules;
    private readonly bool _acceptsNull;
    private readonly bool _hasDefault;
    private readonly T _default;

    private bool _isSensitive;

    internal Argument(string name, ValueReader<T> reader, bool acceptsNull, bool hasDefault, T defaultValue, IValueRule<T>[] rules)
    {
        Name = name;
        _reader = reader;
        _acceptsNull = acceptsNull;
        _hasDefault = hasDefault;
        _default = defaultValue;
        var isEmptyDefault = defaultValue is string { Length: 0 };
        _canonicalRules = [.. rules.Where(rule => Innermost(rule) is ICanonicalRule canonical && (!isEmptyDefault || canonical.AppliesToEmptyDefault))];
        _rules = rules;
        AllowedValues = rules.OfType<IChoiceRule>().FirstOrDefault()?.Choices ?? reader.AllowedValues;
    }

    /// <summary>The parameter's name, as in the schema.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string>? AllowedValues { get; private set; }

    /// <inheritdoc/>
    public void Describe(SchemaNode schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        schema.Describe(_rules, _acceptsNull);
    }

    /// <summary>Marks the argument <see cref="SensitiveAttribute"/>: refusals name the rule and nothing of its contents, and completion offers nothing.</summary>
    public Argument<T> Sensitive()
    {
        _isSensitive = true;
        AllowedValues = null;
        return this;
    }

    /// <summary>
    /// Says that a plain class may be a service: where the container knows it, the SDK leaves it out of the schema, and then it never comes from
    /// the client.
    /// </summary>
    public Argument<T> OrService()
    {
        MayBeService = true;
        return this;
    }

    /// <inheritdoc/>
    public bool MayBeService { get; private set; }

    /// <inheritdoc/>
    public bool IsService { get; set; }

    /// <summary>The service, when it is one; resolved after every check, because making it may run the author's code.</summary>
    public T OrService(PrimitiveCall call, T value)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (!IsService)
        {
            return value;
        }

        return call.OptionalService<T>() ?? (_hasDefault ? _default : throw new ArgumentException("No service of the requested type was found."));
    }

    /// <summary>Reads and checks the argument. A refusal is noted in <paramref name="arguments"/> and the result is then of no use.</summary>
    public T Read(ref ArgumentReader arguments)
    {
        if (IsService)
        {
            return _default;
        }

        if (!arguments.TryTake(Name, out var json, out var text))
        {
            if (!_hasDefault && arguments.Violation is null)
            {
                arguments.Refuse(Name, new RuleViolation("Required", "is required"));
            }

            return Default(ref arguments);
        }

        if (!TryRead(json, text, out var value, out var violation) ||
            !RuleSet.TryApply(_rules, _acceptsNull, ref value, arguments.Scope, out violation))
        {
            arguments.Refuse(Name, _isSensitive ? violation with { Message = "is not acceptable" } : violation);
        }
        else if (_isSensitive && value is not null)
        {
            arguments.Conceal(value);
        }

        return value;
    }

    /// <summary>Whether the client left the argument out and its default is the method's own: the SDK then fills it in by itself.</summary>
    internal bool IsPlainDefault(T value) => _hasDefault && EqualityComparer<T>.Default.Equals(value, _default);

    private T Default(ref ArgumentReader arguments)
    {
        var value = _default;
        if (_canonicalRules.Length > 0 && value is not null &&
            !RuleSet.TryApply(_canonicalRules, acceptsNull: true, ref value, arguments.Scope, out var violation))
        {
            arguments.Refuse(Name, violation);
        }

        return value;
    }

    /// <summary>The rule of a sensitive value is wrapped, and is what it is all the same.</summary>
    private static object Innermost(object rule) => rule is IWrappingRule wrapping ? Innermost(wrapping.Inner) : rule;

    private bool TryRead(JsonElement json, string? text, out T value, out RuleViolation violation)
    {
        if (text is not null)
        {
            return _reader.TryReadText(text, out value, out violation);
        }

        if (json.ValueKind == JsonValueKind.Null && !_reader.ReadsNull)
        {
            value = default!;
            violation = _acceptsNull ? default : new RuleViolation("NotNull", "must not be null");
            return _acceptsNull;
        }

        return _reader.TryRead(json, out value, out violation);
    }
}

/// <summary>Makes arguments.</summary>
public static class Argument
{
    /// <summary>A parameter without a default value: the client must send it, also when it may be <c>null</c>.</summary>
    public static Argument<T> Required<T>(string name, ValueReader<T> reader, bool acceptsNull, params IValueRule<T>[] rules) =>
        new(name, reader, acceptsNull, hasDefault: false, default!, rules);

    /// <summary>A parameter with a default value, which counts when the client leaves it out. The default is the author's: of its rules only those apply that give a canonical form.</summary>
    public static Argument<T> Optional<T>(string name, ValueReader<T> reader, bool acceptsNull, T defaultValue, params IValueRule<T>[] rules) =>
        new(name, reader, acceptsNull, hasDefault: true, defaultValue, rules);
}

/// <summary>What is known of an argument without its type.</summary>
public interface IArgument : ISchemaRule
{
    /// <summary>The parameter's name.</summary>
    string Name { get; }

    /// <summary>The values to choose from, for completion.</summary>
    IReadOnlyList<string>? AllowedValues { get; }

    /// <summary>Whether its type is a plain class, which may also be a service.</summary>
    bool MayBeService { get; }

    /// <summary>Whether it is one, as the SDK's schema says at start-up.</summary>
    bool IsService { get; set; }
}
