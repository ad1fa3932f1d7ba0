using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CsCheck;
using McpSecureGen.Hosting;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Rules;

namespace McpSecureGen.HostileInput.Json;

/// <summary>Our rule of each standard attribute decides as the attribute itself, on generated values; where it differs it is stricter, and the test says so.</summary>
public sealed class AnnotationDifferentialTests(ITestOutputHelper output)
{
    private const int Cases = 3_000;

    private static readonly string[] Alphabet =
        ["a", "b", "Z", "0", "9", " ", "@", ".", "/", ":", "-", "+", "(", ")", "=", "\n", "\r", "\0", "é", "漢", "\ud83d\ude00", "http://", "HTTPS://", "ftp://", "x123", "ext.", ".png", ".JPG", "4111111111111111", "AQID", "Red", "one", "root"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Pick(Alphabet).Array[0, 7].Select(static parts => string.Concat(parts)),
        Pick("one", "root", "", "a@b.example", "https://example.org", "AQID", "4111 1111 1111 1111", "+1 (555) 123-4567 x89", "photo.PNG", "Red", "3", "\ud83d\ude00\ud83d\ude00"));

    [Fact]
    public void Text_rules_decide_as_their_attributes()
    {
        Same(Text, new StringLengthAttribute(4));
        Same(Text, new MaxLengthAttribute(3));
        Same(Text, new MaxLengthAttribute());
        Same(Text, new EmailAddressAttribute());
        Same(Text, new UrlAttribute());
        Same(Text, new PhoneAttribute());
        Same(Text, new CreditCardAttribute());
        Same(Text, new Base64StringAttribute());
        Same(Text, new FileExtensionsAttribute());
        Same(Text, new FileExtensionsAttribute { Extensions = "png,md" });
        Same(Text, new EnumDataTypeAttribute(typeof(Hue)));
        Same(Text, new DataTypeAttribute(DataType.Password));
        Same(Text, new RequiredAttribute());
        Same(Text, new RequiredAttribute { AllowEmptyStrings = true });
        Same(Text, new AllowedValuesAttribute("one", "a", null));
        Same(Text, new DeniedValuesAttribute("root", ""));
        Same(Text, new AllowedValuesAttribute(1, 2));
        Same(Text, new RegularExpressionAttribute("[a-z]*"));
    }

    [Fact]
    public void Text_rules_that_are_stricter_differ_only_where_documented()
    {
        Stricter(Text, new StringLengthAttribute(9) { MinimumLength = 2 }, static text => text.EnumerateRunes().Count() < 2);
        Stricter(Text, new MinLengthAttribute(2), static text => text.EnumerateRunes().Count() < 2);
        Stricter(Text, new LengthAttribute(2, 5), static text => text.EnumerateRunes().Count() < 2);
        Stricter(Text, new RegularExpressionAttribute("[a-z]+"), static text => text.Length == 0);
    }

    [Fact]
    public void Number_rules_decide_as_their_attributes()
    {
        var range = new RangeAttribute(-3, 200);
        var open = new RangeAttribute(0, 10) { MinimumIsExclusive = true, MaximumIsExclusive = true };
        var real = new RangeAttribute(-2.5, 7.25) { MaximumIsExclusive = true };
        foreach (var attribute in (RangeAttribute[])[range, open, real])
        {
            Same(Near(Gen.Int), attribute);
            Same(Gen.Byte, attribute);
            Same(Gen.SByte, attribute);
            Same(Gen.Short, attribute);
            Same(Gen.UShort, attribute);
            Same(Gen.OneOf(Gen.UInt[0, 300], Gen.UInt), attribute);
            Same(Gen.OneOf(Gen.Long[-300, 300], Gen.Long), attribute);
            Same(Gen.OneOf(Gen.ULong[0, 300], Gen.ULong), attribute);
            Same(Near(Gen.Int).Select(static n => (int?)n), attribute);
            Same(Gen.OneOf(Gen.Long[-300, 300], Gen.Long).Select(static n => (long?)n), attribute);
        }

        Same(Gen.OneOf(Gen.Double[-5, 10], Gen.Double), real);
        Same(Gen.OneOf(Gen.Float[-5, 10], Gen.Float), real);
        Same(Gen.Decimal[-5, 10], real);
        Same(Gen.Decimal[-5, 10], new RangeAttribute(typeof(decimal), "-1.5", "3") { ParseLimitsInInvariantCulture = true });
        Same(Gen.OneOf(Gen.Long[-10, 10], Gen.Long), new RangeAttribute(typeof(long), "-5", "9000000000"));
        Same(Gen.Int[-10, 10], new RangeAttribute(typeof(int), "-5", "5"));
        Same(Gen.DateTime, new RangeAttribute(typeof(DateTime), "1990-01-01", "2040-12-31") { ParseLimitsInInvariantCulture = true });
        Same(Gen.TimeSpan, new RangeAttribute(typeof(TimeSpan), "00:00:00", "10000.00:00:00"));
        Same(Gen.Int[0, 5], new AllowedValuesAttribute(1, 2, 3L));
        Same(Gen.Int[0, 5].Select(static n => n == 0 ? null : (int?)n), new AllowedValuesAttribute(1, null));
        Same(Gen.Int[0, 5].Select(static n => n == 0 ? null : (int?)n), new DeniedValuesAttribute(1, null));
        Same(Gen.Int[0, 4].Select(static n => (Hue)n), new DeniedValuesAttribute(Hue.Red));
        Same(Gen.Int[0, 4].Select(static n => (Hue)n), new EnumDataTypeAttribute(typeof(Hue)));
        Same(Gen.Int[0, 5], new RequiredAttribute());
        Same(Gen.Double[0, 2].Select(static n => Math.Round(n)), new AllowedValuesAttribute(1.0));
    }

    [Fact]
    public void Number_rules_that_are_stricter_differ_only_where_documented()
    {
        Stricter(Gen.OneOf(Gen.Double[-5, 10], Gen.Double), new RangeAttribute(-3, 5), static n => n is < -3 or > 5);
        Stricter(Gen.OneOf(Gen.Float[-5, 10], Gen.Float), new RangeAttribute(-3, 5), static n => n is < -3 or > 5);
        Stricter(Gen.Decimal[-5, 10], new RangeAttribute(-3, 5), static n => n is < -3 or > 5);
        decimal[] close = [5.00000000000000000000000001m, 5m, -2.5000000000000000000000001m];
        Stricter(Pick(close), new RangeAttribute(-2.5, 5.0), static n => n is < -2.5m or > 5m);
    }

    [Fact]
    public void Collection_rules_decide_as_their_attributes()
    {
        var arrays = Gen.Int.Array[0, 5];
        foreach (var attribute in (ValidationAttribute[])[new MinLengthAttribute(2), new MaxLengthAttribute(3), new LengthAttribute(1, 2), new MaxLengthAttribute(), new RequiredAttribute()])
        {
            Same(arrays, attribute);
            Same(arrays.Select(static items => items.ToList()), attribute);
            Same(arrays.Select(static items => items.ToHashSet()), attribute);
            Same(arrays.Select(static items => (IReadOnlyList<int>)items), attribute);
            Same(arrays.Select(static items => items.Distinct().ToDictionary(static i => i.ToString(CultureInfo.InvariantCulture), static i => i)), attribute);
        }
    }

    /// <summary>A subclass may decide anything, and bounds that make no sense refuse everything, as the attribute does by throwing.</summary>
    [Fact]
    public void A_subclass_is_asked_and_contradictory_bounds_refuse_everything()
    {
        Assert.True(Accepts(new NeverAttribute(1, 5), 3) == false);
        Assert.IsType<AttributeRule<int>>(AnnotationRules.For<int>(new NeverAttribute(1, 5), "value"));
        Assert.False(Accepts(new RangeAttribute(5, 1), 3));
        Assert.False(Accepts(new StringLengthAttribute(1) { MinimumLength = 2 }, "ab"));
        Assert.False(Accepts(new MinLengthAttribute(-1), "ab"));
        Assert.False(Accepts(new MaxLengthAttribute(0), ""));
        Assert.False(Accepts(new RangeAttribute(typeof(int), "one", "two"), 3));

        // What is no pattern stops the server before there is a call.
        Assert.Throws<McpSecurityConfigurationException>(static () => Accepts(new RegularExpressionAttribute("("), "("));
    }

    [Fact]
    public void Messages_are_the_attributes_own_and_missing_resources_still_refuse()
    {
        Assert.Equal("must be between 1 and 5", Violation(new RangeAttribute(1, 5), 9)!.Value.Message);
        Assert.Equal("is not valid: one to five", Violation(new RangeAttribute(1, 5) { ErrorMessage = "one to five" }, 9)!.Value.Message);
        Assert.Equal("is not valid: worded elsewhere", Violation(new RangeAttribute(1, 5) { ErrorMessageResourceType = typeof(Wording), ErrorMessageResourceName = nameof(Wording.Range) }, 9)!.Value.Message);
        Assert.Equal("could not be checked and is refused", Violation(new RangeAttribute(1, 5) { ErrorMessageResourceType = typeof(Wording), ErrorMessageResourceName = "Missing" }, 9)!.Value.Message);
        Assert.Null(Violation(new RangeAttribute(1, 5) { ErrorMessageResourceType = typeof(Wording), ErrorMessageResourceName = "Missing" }, 3));
    }

    private static Gen<T> Pick<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static Gen<int> Near(Gen<int> any) => Gen.OneOf(Gen.Int[-5, 205], any);

    private void Same<T>(Gen<T> values, ValidationAttribute attribute) => Stricter(values, attribute, static _ => false);

    private void Stricter<T>(Gen<T> values, ValidationAttribute attribute, Func<T, bool> mayDiffer)
    {
        var (accepted, refused, differ) = (0, 0, 0);
        values.Sample(
            value =>
            {
                var (ours, theirs) = (Accepts(attribute, value), AcceptsBySelf(attribute, value));
                if (ours)
                {
                    Interlocked.Increment(ref accepted);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }

                if (ours != theirs && !ours && mayDiffer(value))
                {
                    Interlocked.Increment(ref differ);
                    return true;
                }

                return ours == theirs;
            },
            iter: Cases);
        output.WriteLine($"{attribute.GetType().Name,-28} {typeof(T).Name,-16} accepted {accepted,5} refused {refused,5} stricter {differ,5}");
    }

    private static bool Accepts<T>(ValidationAttribute attribute, T value) => Violation(attribute, value) is null;

    private static RuleViolation? Violation<T>(ValidationAttribute attribute, T value)
    {
        var rule = AnnotationRules.For<T>(attribute, "value");
        return (value is null && !rule.AppliesToNull) || rule.TryApply(ref value, new ValidationScope(null, null), out var violation) ? null : violation;
    }

    private static bool AcceptsBySelf<T>(ValidationAttribute attribute, T value)
    {
        try
        {
            return attribute.GetValidationResult(value, new ValidationContext(attribute)) == ValidationResult.Success;
        }
        catch (Exception)
        {
            // An attribute that throws has not accepted anything.
            return false;
        }
    }

    private sealed class NeverAttribute(int min, int max) : RangeAttribute(min, max)
    {
        public override bool IsValid(object? value) => false;
    }
}

public static class Wording
{
    public static string Range => "worded elsewhere";
}
