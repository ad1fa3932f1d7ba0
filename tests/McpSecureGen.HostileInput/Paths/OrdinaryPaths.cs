namespace McpSecureGen.HostileInput.Paths;

/// <summary>Names as people and programs give them, made by rule. None may be refused.</summary>
internal static class OrdinaryPaths
{
    private static readonly string[] Words =
    [
        "report", "Résumé", "naïve café", "日本語", "简体中文", "繁體中文", "한국어", "русский", "Ελληνικά", "العربية", "עברית", "हिन्दी", "ไทย", "Tiếng Việt", "e\u0301te\u0301", "Straße", "İstanbul", "می\u200Cخواهم", "😀", "👩\u200D💻 work", "❤️", "📄 notes",
        "100% done", "50%", "%20", "a%2eb", "C++ & C#", "R&D", "Q1-Q4", "v1.2.3", "2026-11-24", "12.30", "№ 5", "½ price", "H₂O", "x²", "price $5", "it's", "O'Brien", "rock 'n' roll", "(draft)", "[final]", "{guid}", "a+b=c", "#hash", "@home", "~backup", "!important", "a;b", "a,b",
        "-rf", "--help", "console", "nullable", "auxiliary", "com", "COM10", "lpt", "prnt", "communication", "conference", "a..b", "..hidden", "...and more", "wait…what", "tag：value", "５月", "ＡＢＣ", "ﬁle", "a_b-c", "UPPER", "camelCase", "0", "007", "_", "^", "`tick`",
    ];

    private static readonly string[] Templates =
    [
        "{0}", "{0}.txt", "{0}.tar.gz", ".{0}", "{0} (1).pdf", "Copy of {0}.docx", "sub/{0}.md", "sub/deep/{0}", "./{0}.cs", "sub/../{0}.json", "sub//{0}.csv", "{0}~", "{0}.min.js", "{0}.v2.final.FINAL.xlsx", "sub\\{0}.log", "{0} {0}.txt",
        "{0}_2026.png", "{0}-1", "x{0}x", "good/{0}.yaml", "{0}.d.ts", "sub/.{0}rc", "{0}#1.txt", "{0}@2x.png", "{0}, Jr.txt", "{0}+{0}", "{0}.7z", "{0}.sln.DotSettings",
    ];

    /// <summary>The ones that are refused after all, and why.</summary>
    internal static IReadOnlyDictionary<string, string> Justified { get; } = new Dictionary<string, string>
    {
        [".%20"] = "decoded once it is a dot and a space, which Windows reads as the folder itself",
    };

    /// <summary>Every word in every template, and names of files that projects have.</summary>
    internal static IReadOnlyList<string> All { get; } =
    [
        .. Words.SelectMany(static word => Templates.Select(template => string.Format(System.Globalization.CultureInfo.InvariantCulture, template, word))).Distinct(StringComparer.Ordinal),
        .. (string[])
        [
            ".gitignore", ".editorconfig", ".env", ".git", ".github", "Dockerfile", "Makefile", "README", "LICENSE", "package-lock.json", "node_modules", "Program.cs", "appsettings.Development.json", "web.config", "index.html", "favicon.ico", "a.b.c.d", "_layout.cshtml",
            "[...slug].tsx", "(group)", "@types", "$RECYCLE.BIN", "Thumbs.db", ".DS_Store", "desktop.ini", "IMG_0001.JPG", "Screenshot 2026-11-24 at 12.30.45.png", "résumé.pdf", "Untitled document", "New Folder (2)", "a'b\u0301c", "x=1&y=2", "C#", "F#.fsx", "c",
        ],
    ];
}
