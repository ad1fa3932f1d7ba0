using System.Text.Json;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Json;

namespace McpSecureGen.Invocation;

/// <summary>
/// The arguments of one call while they are bound. Generated code reads each declared one; what is left over is unknown and refuses the call.
/// </summary>
public struct ArgumentReader
{
    private readonly PrimitiveCall _call;
    private readonly IDictionary<string, JsonElement>? _json;
    private readonly IReadOnlyDictionary<string, string>? _text;
    private readonly bool _stringsAreText;
    private int _taken;
    private ArgumentViolation? _violation;

    internal ArgumentReader(PrimitiveCall call, IDictionary<string, JsonElement>? json, bool stringsAreText = false)
    {
        _call = call;
        _json = json;
        _stringsAreText = stringsAreText;
        _violation = ArgumentEnvelope.FindViolation(call, json);
    }

    internal ArgumentReader(PrimitiveCall call, IReadOnlyDictionary<string, string> text)
    {
        _call = call;
        _text = text;
        _violation = ArgumentEnvelope.FindViolation(call, text);
    }

    internal readonly ValidationScope Scope => new(_call.Services, _call);

    /// <summary>The first thing found wrong; later arguments are not looked at.</summary>
    internal readonly ArgumentViolation? Violation => _violation;

    internal bool TryTake(string name, out JsonElement json, out string? text)
    {
        json = default;
        text = null;
        if (_violation is not null)
        {
            return false;
        }

        if (_text is not null ? _text.TryGetValue(name, out text) : _json is not null && _json.TryGetValue(name, out json))
        {
            _taken++;
            _call.Seen(name);
            if (_stringsAreText && json.ValueKind == JsonValueKind.String && Readers.String.TryRead(json, out var given, out _))
            {
                // The protocol sends every prompt argument as a string, also the one for a number.
                text = given;
            }

            return true;
        }

        return false;
    }

    internal readonly void Conceal(object value) => _call.Conceal(value);

    internal void Refuse(string name, RuleViolation violation) =>
        _violation ??= new ArgumentViolation(name + violation.Path, violation.Rule, violation.Message);

    /// <summary>Refuses what no parameter took. Called once, after the last parameter.</summary>
    internal void Finish(IReadOnlyList<string> declared)
    {
        var given = _json?.Count ?? _taken;
        if (_violation is null && given == _taken)
        {
            _violation = ArgumentEnvelope.FindNul(_call, _json, _text);
        }

        if (_violation is not null || given == _taken)
        {
            return;
        }

        _call.UndeclaredArguments = given - _taken;
        var unknown = _json!.Keys.First(key => !declared.Contains(key, StringComparer.Ordinal));
        _violation = new ArgumentViolation(
            ArgumentEnvelope.Printable(unknown),
            "Unknown",
            declared.Count == 0 ? "is not an argument; there are none" : "is not an argument; there are: " + string.Join(", ", declared));
    }
}

/// <summary>Which argument was refused, by which rule, and what is asked for.</summary>
internal sealed record ArgumentViolation(string Parameter, string Rule, string Message)
{
    /// <summary>The sentence the model reads.</summary>
    public string Text => $"Invalid argument '{Parameter}': {Message} (rule {Rule}).";
}
