using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using McpSecureGen.HostileInput.Json.Support;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Json;

#pragma warning disable MCPSEC2001 // Bounds are not what is tested here.

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ThrowingAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value as string == "good" ? true : throw new InvalidOperationException("hunter2");
}

public sealed record Approval(string Word);

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ServicedAttribute : ValidationAttribute
{
    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        validationContext.GetRequiredService<Approval>().Word == value as string ? ValidationResult.Success : new ValidationResult("no");
}

/// <summary>Looks at another member of the object that holds the one it stands on.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AfterAttribute : ValidationAttribute
{
    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        validationContext is { ObjectInstance: Interval interval, MemberName: nameof(Interval.To) } && interval.From <= (int)value!
            ? ValidationResult.Success
            : new ValidationResult("no");
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class SoundAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is SizedBase { Flawed: false };
}

[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class HangingAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => Hanging.Release.Wait(TimeSpan.FromSeconds(20));
}

internal static class Hanging
{
    public static ManualResetEventSlim Release { get; } = new();
}

public sealed class Held
{
    [Throwing]
    public string? Text { get; set; }
}

public sealed class SelfJudging : IValidatableObject
{
    public string? Text { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        switch (Text)
        {
            case "throw":
                throw new InvalidOperationException("hunter2");
            case "bad":
                return [new ValidationResult("is bad")];
            case "throw late":
                return Late();
            case "hang":
                Hanging.Release.Wait(TimeSpan.FromSeconds(20));
                return [];
            default:
                return [];
        }
    }

    private static IEnumerable<ValidationResult> Late()
    {
        yield return ValidationResult.Success!;
        throw new InvalidOperationException("hunter2");
    }
}

public sealed class Credentials
{
    public required string Password { get; init; }

    [Compare(nameof(Password))]
    public required string Again { get; init; }
}

public sealed class Interval
{
    public int From { get; set; }

    [After]
    public int To { get; set; }
}

public sealed record Wrapped(Interval Inner);

[Sound]
public abstract class SizedBase
{
    [Range(1, 10)]
    public virtual int Size { get; set; }

    public bool Flawed { get; set; }
}

public sealed class Sized : SizedBase
{
    public override int Size { get; set; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed class Skipping
{
    public int Known { get; set; }
}

public sealed class Naming
{
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public double? Real { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Lenient { get; set; }
}

public sealed class WithFreeMember
{
    public JsonElement Any { get; set; }
}

[RequiresCapability("read:files")]
internal static class BrokenCheckTools
{
    [McpServerTool] public static string Throws([Throwing] string value) => Ran.Note(value);

    [McpServerTool] public static string ThrowsInside(Held value) => Ran.Note(value);

    [McpServerTool] public static string AsksForAService([Serviced] string value) => Ran.Note(value);

    [McpServerTool] public static string ThrowsAboutItself(SelfJudging value) => Ran.Note(value);

    [McpServerTool] public static string Compares(Credentials value) => Ran.Note(value);

    [McpServerTool] public static string ComparesOrder(Interval value) => Ran.Note(value);

    [McpServerTool] public static string DerivedNested(Wrapped value) => Ran.Note(value);

    [McpServerTool] public static string Overrides(Sized value) => Ran.Note(value);

    [McpServerTool] public static string Keys(Dictionary<Hue, int> value) => Ran.Note(value.Count);

    [McpServerTool] public static string NumberKeys(Dictionary<int, int> value) => Ran.Note(value.Count);

    [McpServerTool] public static string Singles(float?[] value) => Ran.Note(value.Length);

    [McpServerTool] public static string Skips(Skipping value) => Ran.Note(value);

    [McpServerTool] public static string Names(Naming value) => Ran.Note(value);

    [McpServerTool] public static string FreeMember(WithFreeMember value) => Ran.Note(value);

    [McpServerTool, Timeout(1)] public static string Hangs([Hanging] string value) => Ran.Note(value);

    [McpServerTool, Timeout(1)] public static string HangsAboutItself(SelfJudging value) => Ran.Note(value);
}

[RequiresCapability("read:files")]
internal abstract class SizedToolsBase
{
    public abstract string OverridesParameter([Range(1, 10)] int value);
}

[RequiresCapability("read:files")]
internal sealed class SizedTools : SizedToolsBase
{
    [McpServerTool] public override string OverridesParameter(int value) => Ran.Note(value);
}
