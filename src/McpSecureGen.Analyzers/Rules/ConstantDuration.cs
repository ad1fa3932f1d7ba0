using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace McpSecureGen.Analyzers.Rules;

/// <summary>Reads a <see cref="TimeSpan"/> that is written with constants.</summary>
internal static class ConstantDuration
{
    /// <summary>Its length; null when it is not constant, or written in a way not known here.</summary>
    public static TimeSpan? Of(IOperation value)
    {
        while (value is IConversionOperation or IParenthesizedOperation)
        {
            value = value is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)value).Operand;
        }

        return value switch
        {
            IFieldReferenceOperation { Field: { Name: "MaxValue" } field } when IsTimeSpan(field.ContainingType) => TimeSpan.MaxValue,
            IInvocationOperation { TargetMethod: var method } call when IsTimeSpan(method.ContainingType) => Parts(call.Arguments) is { } parts
                ? Sum(UnitsOf(method.Name), parts)
                : null,
            IObjectCreationOperation { Type: { } type } creation when IsTimeSpan(type) => Parts(creation.Arguments) is { } parts
                ? Sum(parts.Length switch { 1 => Ticks, 3 => Clock, _ => Days }, parts)
                : null,
            _ => null,
        };
    }

    private static readonly double[] Ticks = [1];
    private static readonly double[] Clock = [TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond];
    private static readonly double[] Days =
        [TimeSpan.TicksPerDay, TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMillisecond, 10];

    /// <summary>The units of a factory method's parameters: each takes smaller units after its own.</summary>
    private static double[] UnitsOf(string factory) => factory switch
    {
        "FromDays" => Days,
        "FromHours" => [.. Days.Skip(1)],
        "FromMinutes" => [.. Days.Skip(2)],
        "FromSeconds" => [.. Days.Skip(3)],
        "FromMilliseconds" => [.. Days.Skip(4)],
        _ => [],
    };

    private static TimeSpan? Sum(double[] units, double[] parts)
    {
        if (units.Length < parts.Length)
        {
            return null;
        }

        var ticks = parts.Select((part, i) => part * units[i]).Sum();
        return ticks >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : ticks <= TimeSpan.MinValue.Ticks ? TimeSpan.MinValue : TimeSpan.FromTicks((long)ticks);
    }

    private static double[]? Parts(IEnumerable<IArgumentOperation> arguments)
    {
        var parts = new List<double>();
        foreach (var argument in arguments.OrderBy(static a => a.Parameter?.Ordinal ?? 0))
        {
            if (argument.Value.ConstantValue is not { HasValue: true, Value: { } part })
            {
                return null;
            }

            switch (part)
            {
                case int number:
                    parts.Add(number);
                    break;
                case long number:
                    parts.Add(number);
                    break;
                case double number:
                    parts.Add(number);
                    break;
                default:
                    return null;
            }
        }

        return parts.Count == 0 ? null : [.. parts];
    }

    private static bool IsTimeSpan(ITypeSymbol type) =>
        type.Name == "TimeSpan" && Infrastructure.McpSymbols.IsNamespace(type.ContainingNamespace, "System");
}
