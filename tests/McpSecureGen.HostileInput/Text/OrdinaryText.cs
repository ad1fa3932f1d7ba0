namespace McpSecureGen.HostileInput.Text;

/// <summary>What people ordinarily write, made by rule from words of many scripts.</summary>
internal static class OrdinaryText
{
    private static readonly string[] Emoji = ["😀", "👍🏽", "👨‍👩‍👧‍👦", "👩🏽‍💻", "🏳️‍🌈", "❤️‍🔥", "1️⃣", "#️⃣", "🇩🇪", "☺️", "©️", "🧑‍🚀", "🫱🏻‍🫲🏿", "✔️", "⚠️"];

    private static readonly string[] Sentences =
    [
        "The quick brown fox jumps over the lazy dog.", "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.", "Le cœur déçu mais l'âme plutôt naïve.", "El pingüino Wenceslao hizo kilómetros.",
        "Съешь же ещё этих мягких французских булок.", "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία.", "いろはにほへと ちりぬるを。", "天地玄黃，宇宙洪荒。", "다람쥐 헌 쳇바퀴에 타고파.", "נוסעים זה בזה.", "صِف خَلقَ خَودِ كَمِثلِ الشَمسِ.",
        "می‌خواهم بروم", "ऋषियों को सताने वाले", "নমস্কার", "வணக்கம் உலகம்", "สวัสดีชาวโลก", "မင်္ဂလာပါ", "ជំរាបសួរ", "გამარჯობა", "Բարեւ", "ሰላም", "Xin chào thế giới", "Dzień dobry, żółw", "Çağrı İstanbul ışık",
        "e\u0301 a\u0308 n\u0303 (decomposed)", "葛\U000E0100", "क्‍ष", "ᠮᠣᠩᠭᠣᠯ", "ޙަލޯ", "߷ ߒߞߏ", "𝒻𝑜𝑜 𝕓𝕒𝕣", "½ ¼ ² ₃ ℃ № ™", "∀x∈ℝ: ⌈x⌉ = −⌊−x⌋", "→ ⇒ ↔ ✓ ✗ ★", "“quoted” ‘single’ «guillemets» „unten“", "–—…·•",
    ];

    public static IEnumerable<string> All => Made.Concat(OrdinaryArguments.All).Concat(OrdinaryArguments.Refused.Select(static refused => refused.Value)).Distinct(StringComparer.Ordinal);

    /// <summary>Ordinary to some, and refused because the same characters hide text.</summary>
    public static IEnumerable<(string Value, string Reason)> Refused =>
    [
        ("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", "the flags of England, Scotland and Wales are tag characters, which carry hidden messages to a model"),
        ("สวัสดี\u200Bชาวโลก", "zero-width spaces between words of Thai and Khmer: the words read the same without them"),
        ("שלום \u200FC++\u200F", "direction marks in mixed Hebrew or Arabic text: they change what is shown"),
        ("Donau\u00ADdampf\u00ADschiff", "soft hyphens: they are not shown where no line breaks"),
        ("\uFEFFtext", "a byte order mark at the front: it belongs to a file, not to its text"),
        ("a\tb", "a tab, unless AllowNewLines is set"),
        ("a\nb", "a line feed, unless AllowNewLines is set"),
    ];

    private static IEnumerable<string> Made =>
        from sentence in Sentences
        from form in (string[])["{0}", "{0} {1}", "{1} {0}", "{0} {1}{2}", "- {0}", "* {0}", "> {0}", "# {0}", "<b>{0}</b>", "{{\"text\": \"{0}\"}}", "\"{0}\"", "'{0}'", "({0})", "@ann {0}", "+1 {0}", "=SUM(A1) {0}", "${{jndi:ldap://x}} {0}", "{0}; DROP TABLE x; --", "https://example.com/?q={0}", "   {0}   ", "{0}\u00A0€", "[{0}](https://example.com)", "100 % {0}"]
        let at = Math.Abs((sentence.Length * 7) + form.Length)
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, sentence, Emoji[at % Emoji.Length], Emoji[(at + 4) % Emoji.Length]);
}
