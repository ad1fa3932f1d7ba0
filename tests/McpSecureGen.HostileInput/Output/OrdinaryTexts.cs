namespace McpSecureGen.HostileInput.Output;

/// <summary>What tools of an honest server return: words of many scripts, emoji, code, markdown, tables, diffs, logs.</summary>
internal static class OrdinaryTexts
{
    private static readonly string[] Words =
    [
        "report", "naïve café", "Straße größer", "Ærøskøbing", "żółć", "İstanbul ığdır", "Việt Nam", "Привет мир", "Ελληνικά", "Հայերեն", "ქართული", "עברית", "العربية",
        "می‌خواهم", "اردو زبان", "हिन्दी क्षेत्र", "क्‍ष", "বাংলা", "தமிழ்", "ไทย", "ລາວ", "ខ្មែរ", "မြန်မာ", "한국어", "日本語テキスト", "中文 简体", "ᠮᠣᠩᠭᠣᠯ", "አማርኛ", "ᏣᎳᎩ",
        "𝒳 ∈ ℝⁿ", "葛󠄀城", "e\u0301 a\u0308", "“quotes” – dash — …", "100 € ¥ £ ½", "x\u00a0y", "→ ← ⇒ ✓ ✗", "I/O & <tags>", "C:\\Users\\a b", "a..b .gitignore",
    ];

    private static readonly string[] Emoji = ["😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "1️⃣", "🇩🇪", "👩🏿‍🚀", "👁️‍🗨️", "☎️", "🧑‍💻", "⚠️"];

    private static readonly Func<string, string, string>[] Forms =
    [
        static (word, _) => word,
        static (word, emoji) => $"{emoji} {word} {emoji}",
        static (word, _) => $"# {word}\n\n* one\n* two\n\n```csharp\nvar x = \"{word}\";\t// {word}\n```\n",
        static (word, emoji) => $"id,name,note\r\n1,\"{word}\",{emoji}\r\n2,,\r\n",
        static (word, _) => $"--- a/{word}\n+++ b/{word}\n@@ -1,2 +1,2 @@\n-\told {word}\n+\tnew {word}\n",
        static (word, emoji) => $$"""{"name":"{{word.Replace("\\", "\\\\", StringComparison.Ordinal)}}","n":[1,2.50,null],"e":"{{emoji}}"}""",
        static (word, _) => $"<p lang=\"x\">{word}</p>\n<!-- {word} -->",
        static (word, emoji) => $"| {word} | {emoji} |\n|---|---|\n| a | b |",
        static (word, _) => $"2026-11-24T02:00:00Z INFO [{word}] done in 12 ms",
        static (word, emoji) => $"{emoji}{word}{emoji}",
    ];

    /// <summary>More than two thousand, all different.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. (from word in Words from form in Forms from emoji in Emoji.Take(6) select form(word, emoji))
            .Concat(from emoji in Emoji from other in Emoji from form in Forms select form(emoji, other)).Distinct(StringComparer.Ordinal),
        .. Words.SelectMany(static word => Enumerable.Range(1, 8).Select(n => string.Concat(Enumerable.Repeat(word + "\n", n * 3)))),
    ];
}
