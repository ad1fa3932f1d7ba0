using System.Text.Json;

namespace McpSecureGen.Invocation;

/// <summary>
/// The arguments that the SDK binds when it calls the method itself: freshly written from the values found good, so that the checked value is the
/// used one.
/// </summary>
internal sealed class CheckedArguments(IDictionary<string, JsonElement>? sent, JsonSerializerOptions options)
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    internal IDictionary<string, JsonElement> Values => _values;

    /// <summary>An argument that was left out stays out, unless its default has a canonical form, which the SDK does not know.</summary>
    internal void Put<T>(Argument<T> argument, T value)
    {
        if (sent?.ContainsKey(argument.Name) == true || !argument.IsPlainDefault(value))
        {
            _values[argument.Name] = JsonSerializer.SerializeToElement(value, options.GetTypeInfo(typeof(T)));
        }
    }
}
