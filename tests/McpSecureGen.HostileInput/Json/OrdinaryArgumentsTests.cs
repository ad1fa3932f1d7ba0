using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpSecureGen.EndToEnd.Strictness;
using McpSecureGen.HostileInput.Json.Support;

namespace McpSecureGen.HostileInput.Json;

/// <summary>Ordinary arguments of the annotated tools, more than two thousand: none is refused.</summary>
[Collection("Json")]
public sealed class OrdinaryArgumentsTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions[] Spellings = [new(), new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true }];

    private static readonly string[] Words =
    [
        "a", "Report", "annual report", "a..b", ".gitignore", "naïve café", "cafe\u0301", "漢字", "日本語テキスト", "한국어", "עברית", "العربية", "Ελληνικά", "русский", "😀", "👩‍👩‍👧", "e\u0301\u0323", "ﬁ",
        "100%", "50 % off", "a/b", "a\\b", "C:\\temp", "\"quoted\"", "it's", "<b>bold</b>", "a & b", "{\"json\":1}", "[1,2]", "null", "true", "123", "1e5", "NaN", "\\u0000", "\\\\u0000", "$type",
        "__proto__", "$ref", "line one\nline two", "tab\there", "price: 5 €", "x = y + z", "SELECT * FROM t", "rm -rf", "#hash", "@mention", "user@example.org", "https://example.org/?q=1&r=2#f",
        "2026-01-02T03:04:05Z", "İstanbul", "straße", "K", "ſ", "½", "∑", "→", " leading", "trailing ", "", " ",
    ];

    [Fact]
    public async Task None_is_refused()
    {
        await using var server = await JsonStringTests.StartAsync();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var refused = new List<string>();
        foreach (var (method, value) in Values())
        {
            foreach (var spelling in Spellings)
            {
                var arguments = JsonSerializer.Serialize(new Dictionary<string, object?> { ["value"] = value }, spelling);
                if (await server.RuleAsync(Answers.ToolName(method), method, arguments) is { } rule)
                {
                    refused.Add($"{method} {arguments}: {rule}");
                }

                counts[method] = counts.GetValueOrDefault(method) + 1;
            }
        }

        output.WriteLine($"{counts.Values.Sum()} ordinary arguments of {counts.Count} tools, refused: {refused.Count}");
        output.WriteLine(string.Join(", ", counts.Select(static c => $"{c.Key} {c.Value}")));
        Assert.True(refused.Count == 0, string.Join('\n', refused.Take(20)));
        Assert.True(counts.Values.Sum() >= 2_000, $"{counts.Values.Sum()}");
    }

    private static IEnumerable<(string Method, object? Value)> Values()
    {
        foreach (var word in Words)
        {
            yield return ("Unbounded", word);
            yield return ("OpenTable", new Dictionary<string, string> { [word] = word, [word + "2"] = "" });
            yield return ("Json", new Dictionary<string, object?> { [word] = new object?[] { word, 1, null, true, 0.1 } });
            yield return ("Texts", new[] { word, word });
            yield return (nameof(PackedTools.PackedAny), JsonSerializer.Serialize(new[] { word }));
            yield return (nameof(PackedTools.PackedPaths), JsonSerializer.Serialize(new[] { "folder name/file.txt", "a..b", ".gitignore" }));
            yield return ("Open", new Dictionary<string, object?> { ["known"] = 1, [word + "!"] = word });
            yield return ("ATree", new { name = word, branches = new object[] { new { name = word + word } } });
            if (word.Length is >= 1 and <= 8)
            {
                yield return ("OnePart", new { name = word, count = 7, tags = new[] { word } });
                yield return (nameof(PackedTools.PackedPart), JsonSerializer.Serialize(new { name = word, tags = (string[]?)null }));
            }
        }

        for (var i = 0; i < 60; i++)
        {
            yield return ("AnInt", (i % 11) - 3);
            yield return ("ALong", (long)(i % 6));
            yield return ("AByte", i * 4);
            yield return ("AReal", 1 + (i * 4.0 / 59));
            yield return ("ADecimal", i / 6.0m);
            yield return ("ATypedDecimal", 1m + (i * 0.025m));
            yield return ("Numbers", Enumerable.Range(-i, i).ToArray());
            yield return ("Bytes", Convert.ToBase64String(Enumerable.Range(0, i * 60).Select(static b => (byte)b).ToArray()));
            yield return ("Mail", string.Create(CultureInfo.InvariantCulture, $"first.last+{i}@mail{i}.example"));
            yield return ("Link", string.Create(CultureInfo.InvariantCulture, $"https://host{i}.example:8{i:000}/päth/{i}?q=ü"));
            yield return ("Id", new Guid(i, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8]));
            yield return ("AnEnum", ((Hue)(i % 3)).ToString());
            yield return ("ACrate", new { label = "crate", weight = 1.5 + (i / 10.0), stock = new Dictionary<string, int> { ["é"] = i }, hue = i % 2 == 0 ? null : "Red" });
            yield return ("AThing", i % 2 == 0
                ? new Dictionary<string, object> { ["$type"] = "box", ["name"] = "b", ["edge"] = (i % 9) + 1 }
                : new Dictionary<string, object> { ["name"] = "b", ["radius"] = i / 7.0, ["$type"] = "ball" });
        }
    }
}
