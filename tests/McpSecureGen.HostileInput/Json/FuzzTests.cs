using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CsCheck;
using McpSecureGen.HostileInput.Json.Support;
using McpSecureGen.Tests.Support;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Json;
using McpSecureGen.Validation.Rules;
using ModelContextProtocol;

namespace McpSecureGen.HostileInput.Json;

/// <summary>
/// The readers of arguments and of JSON inside text, on anything: they accept or refuse and never throw, and time grows in step with the input.
/// <c>MCPSEC_FUZZ_SECONDS</c> says how long each runs.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly LimitOptions Limits = new();

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ",", "\"", "\"name\"", "\"n\\u0061me\"", "\"count\"", "\"tags\"", "\"value\"", "\"$type\"", "\"$id\"", "\"$ref\"", "\"__proto__\"", "\"box\"", "\"branches\"", "null",
        "true", "false", "0", "1", "-1", "1.5", "1e5", "1e400", "1e99999999", "-0", "01", "NaN", "\"\\ud800\"", "\"\\udc00\"", "\"\\u0000\"", "\\u0000", "\\", "\"a\"", "\"Red\"", "\"\ud83d\ude00\"", " ", "\n",
        "\ufeff", "/**/", "//", "'", "\u017f", "\u212a", "é", "\u0000", "\u202e", "\ud800", "\"5f0c6a4e-1f5d-4b0e-9d3a-0a1b2c3d4e5f\"", "[[[[[[[[", "]]]]]]]]", "{\"name\":", "{\"a\":", "\"AQID\"", "99999999999999999999",
    ];

    private static readonly Gen<string> Scrambled = Gen.Int[0, Tokens.Length - 1].Select(static i => Tokens[i]).Array[0, 24].Select(static parts => string.Concat(parts));

    private static readonly Gen<string> Grown = Gen.Int[0, int.MaxValue - 1].Select(static seed => Grow(new Random(seed), 0));

    private static readonly Gen<string> Texts = Gen.OneOf(Scrambled, Grown, Gen.Select(Grown, Gen.Int[0, 400], Gen.String, static (json, at, noise) => json.Insert(Math.Min(at, json.Length), noise)), Gen.String);

    [Fact]
    public void Readers_accept_or_refuse_anything_and_never_throw()
    {
        (string Name, Func<JsonElement, string?, bool> Read)[] readers =
        [
            Reader(Readers.String), Reader(Readers.Char), Reader(Readers.Boolean), Reader(Readers.Byte), Reader(Readers.Int32), Reader(Readers.Int64), Reader(Readers.UInt64), Reader(Readers.Single),
            Reader(Readers.Double), Reader(Readers.Decimal), Reader(Readers.Enum<Hue>(McpJsonUtilities.DefaultOptions)), Reader(Readers.Nullable(Readers.Int32)), Complex<Part>(), Complex<Crate>(), Complex<Branch>(),
            Complex<Thing>(), Complex<Loose>(), Complex<JsonElement>(), Complex<string[]>(), Complex<Dictionary<string, int>>(), Complex<Dictionary<int, int>>(), Complex<Dictionary<Hue, int>>(), Complex<Guid>(),
            Complex<DateTimeOffset>(), Complex<byte[]>(), Complex<Int128>(), Complex<Half>(), Complex<Uri>(), Complex<Version>(), Complex<object>(),
        ];
        var (inputs, accepted) = (0L, 0L);
        Texts.Sample(
            text =>
            {
                Interlocked.Increment(ref inputs);
                JsonElement? json = null;
                try
                {
                    json = JsonElement.Parse(text);
                }
                catch (Exception e) when (e is JsonException or ArgumentException)
                {
                    // No JSON: the transport has refused it, and it is still text.
                }

                foreach (var (_, read) in readers)
                {
                    if ((json is { } given && read(given, null)) | read(default, text))
                    {
                        Interlocked.Increment(ref accepted);
                    }
                }
            },
            time: Fuzzing.Seconds);
        output.WriteLine($"{inputs} inputs, {readers.Length} readers, {accepted} accepted");
        Assert.True(accepted > 0);
    }

    [Fact]
    public void JSON_in_text_is_accepted_or_refused_and_what_is_accepted_is_accepted_again_unchanged()
    {
        var (inputs, accepted) = (0L, 0L);
        var rules = (IValueRule<string>[])[Packed<Part>(), Packed<Branch>(), Packed<Thing>(), Packed<string[]>(), Packed<JsonElement>(), Packed<Dictionary<string, int>>(), Packed<int>()];
        Texts.Sample(
            text =>
            {
                Interlocked.Increment(ref inputs);
                foreach (var rule in rules)
                {
                    var value = text;
                    if (!rule.TryApply(ref value, new ValidationScope(null, null), out _))
                    {
                        continue;
                    }

                    Interlocked.Increment(ref accepted);
                    var again = value;
                    Assert.True(rule.TryApply(ref again, new ValidationScope(null, null), out var violation), $"{text} became {value}, which is refused: {violation}");
                    Assert.Equal(value, again);
                }
            },
            time: Fuzzing.Seconds);
        output.WriteLine($"{inputs} inputs, {accepted} accepted");
        Assert.True(accepted > 0);
    }

    public static TheoryData<string> Shapes => [.. Growth.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Ten_times_the_input_takes_about_ten_times_the_time(string shape)
    {
        var rule = new JsonStringRule<JsonElement>(
            new JsonStringAttribute(typeof(JsonElement)) { MaxLength = int.MaxValue },
            Readers.Serialized<JsonElement>(McpJsonUtilities.DefaultOptions, Wide),
            new Member<JsonElement>(false),
            null,
            Wide,
            McpJsonUtilities.DefaultOptions);
        var (small, large) = (Growth[shape](20_000), Growth[shape](200_000));
        Time(small);

        // A busy machine slows one measurement; what grows with the square is slow in each of them.
        for (var attempt = 1; ; attempt++)
        {
            var (first, second) = (Time(small), Time(large));
            output.WriteLine($"{shape}: {first.TotalMilliseconds:F2} ms, ten times as much {second.TotalMilliseconds:F2} ms");
            if (second < (first * 30) + TimeSpan.FromMilliseconds(20))
            {
                return;
            }

            Assert.True(attempt < 8, $"{first} and {second}");
        }

        TimeSpan Time(string text)
        {
            return ProcessorTime.Fastest(3, () =>
            {
                var value = text;
                rule.TryApply(ref value, new ValidationScope(null, null), out _);
            });
        }
    }

    private static LimitOptions Wide { get; } = new() { MaxStringLength = int.MaxValue, MaxItems = int.MaxValue, MaxNumberLength = int.MaxValue, MaxDepth = 64 };

    private static Dictionary<string, Func<int, string>> Growth { get; } = new()
    {
        ["long text"] = static n => $"\"{new string('a', n)}\"",
        ["escapes"] = static n => $"\"{string.Concat(Enumerable.Repeat("\\\\", n))}u0000\"",
        ["almost U+0000"] = static n => $"\"{string.Concat(Enumerable.Repeat("\\\\u0000", n / 6))}\"",
        ["brackets"] = static n => new string('[', n),
        ["elements"] = static n => $"[{string.Join(',', Enumerable.Repeat(0, n))}]",
        ["members"] = static n => $"{{{string.Join(',', Enumerable.Range(0, n / 8).Select(static i => $"\"k{i}\":0"))}}}",
        ["members of one length"] = static n => $"{{{string.Join(',', Enumerable.Range(0, n / 16).Select(static i => $"\"{Convert.ToString(i + 0x40000, 2)}\":0"))}}}",
        ["digits"] = static n => "0." + new string('9', n),
        ["big number"] = static n => new string('9', n),
        ["nested objects"] = static n => $"[{string.Join(',', Enumerable.Repeat("{\"a\":[{\"b\":1}]}", n / 16))}]",
        ["emoji"] = static n => $"\"{string.Concat(Enumerable.Repeat("\ud83d\ude00", n / 2))}\"",
        ["white space"] = static n => new string(' ', n) + "1",
    };

    private static (string, Func<JsonElement, string?, bool>) Reader<T>(ValueReader<T> reader) => (typeof(T).Name, (json, text) =>
        text is null
            ? (json.ValueKind != JsonValueKind.Null || reader.ReadsNull) && Decided(reader.TryRead(json, out _, out var violation), violation)
            : Decided(reader.TryReadText(text, out _, out var textViolation), textViolation));

    private static bool Decided(bool accepted, RuleViolation violation)
    {
        Assert.Equal(accepted, string.IsNullOrEmpty(violation.Rule));
        return accepted;
    }

    private static (string, Func<JsonElement, string?, bool>) Complex<T>() =>
        Reader(Readers.Serialized<T>(McpJsonUtilities.DefaultOptions, Limits, Readers.EnumMembers<Hue>(McpJsonUtilities.DefaultOptions)));

    private static JsonStringRule<T> Packed<T>() => new(
        new JsonStringAttribute(typeof(T)), Readers.Serialized<T>(McpJsonUtilities.DefaultOptions, Limits), new Member<T>(false), null, Limits, McpJsonUtilities.DefaultOptions);

    /// <summary>Well-formed JSON of the kinds that the readers want.</summary>
    private static string Grow(Random random, int depth)
    {
        switch (random.Next(depth > 4 ? 5 : 9))
        {
            case 0:
                return "null";
            case 1:
                return random.Next(-5, 120).ToString();
            case 2:
                return random.NextDouble().ToString("R");
            case 3:
                return random.Next(2) == 0 ? "true" : "\"\\u00e9\"";
            case 4:
                return $"\"{Tokens[random.Next(Tokens.Length)].Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)}\"";
            case 5:
                return $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Grow(random, depth + 1)))}]";
            case 6:
                return $"{{\"name\":\"a\",\"branches\":[{{\"name\":\"b\",\"branches\":{Grow(random, depth + 1)}}}]}}";
            case 7:
                return $"{{\"name\":\"a\",\"count\":{random.Next(200)},\"tags\":{Grow(random, depth + 1)}}}";
            default:
                var text = new StringBuilder("{");
                for (var i = random.Next(4); i >= 0; i--)
                {
                    text.Append('"').Append("abk$"[random.Next(4)]).Append("\":").Append(Grow(random, depth + 1)).Append(i > 0 ? "," : "");
                }

                return text.Append('}').ToString();
        }
    }
}
