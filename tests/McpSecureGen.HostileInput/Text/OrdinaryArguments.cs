namespace McpSecureGen.HostileInput.Text;

/// <summary>What people ordinarily hand to programs, made by rule from words.</summary>
internal static class OrdinaryArguments
{
    public static readonly string[] Words =
    [
        "main", "login", "report", "Überblick", "naïve", "résumé", "данные", "отчёт", "αρχείο", "データ", "报告", "보고서", "ข้อมูล", "रिपोर्ट", "תיקייה", "ملف", "tệp", "e\u0301tude", "ångström",
        "übung", "O'Brien", "C#", "c++", "a..b", "x_y", "2024-05-01", "100%", "50€", "A&B", "R&D", "😀", "👩🏽‍💻", "🏳️‍🌈", "❤️", "می‌خواهم",
    ];

    public static IEnumerable<string> All => Refs.Concat(Versions).Concat(Files).Concat(Addresses).Concat(Phrases).Distinct(StringComparer.Ordinal);

    /// <summary>Ordinary as they are, they begin like an option: the author has to say that the program cannot mistake them.</summary>
    public static IEnumerable<(string Value, string Reason)> Refused =>
    [
        ("-5", "a negative number is an option to most programs: take it as a number, or allow the dash behind --"),
        ("-draft.txt", "a file name that rm, tar and the like read as options: give it as ./-draft.txt, or behind --"),
        ("+1 555 0100", "vim, less and date read + as a command: allow it where the program does not"),
        ("@types/node", "response file to compilers and .NET tools: allow it for programs such as npm"),
        ("@alice", "the same"),
        ("– said he", "a dash of Unicode becomes - in programs with an ANSI command line"),
        (" - item", "some programs take white space away first"),
        ("〜です", "a wave dash is a dash by its Unicode category"),
    ];

    private static IEnumerable<string> Refs =>
    [
        .. from kind in (string[])["feature", "bugfix", "release", "users/ann", "refs/heads", "refs/tags", "origin"] from word in Words select $"{kind}/{word.Replace(' ', '-')}-{word.Length}",
        .. from word in (string[])["HEAD", "main", "v1.2.3", "origin/main", "4f9d2c1", "stash", "@{upstream}"] where word[0] != '@' from end in (string[])["", "~", "~3", "^", "^2", "^{}", "^{commit}", "@{1}", "@{yesterday}", "@{upstream}", "..main", "...dev", ":src/a.cs", ":/fix", "~2^2~1"] select word + end,
        .. Enumerable.Range(0, 60).Select(static i => $"{i * 2654435761:x10}{i * 40503:x8}"),
    ];

    private static IEnumerable<string> Versions =>
        from version in (string[])["1", "1.2", "1.2.3", "0.0.1", "10.20.30", "2024.5.1", "1.2.3-rc.1", "1.2.3-beta+build.5", "1.2.3+20240501", "1.x", "1.2.*", "*"]
        from form in (string[])["{0}", "v{0}", "^{0}", "~{0}", ">={0}", "<={0}", ">{0}", "<{0}", "={0}", "!={0}", ">={0} <99", "~>{0}", "=={0}", "[{0},99)", "(,{0}]", "{0} - 99.0.0", "{0} || 99", "pkg@{0}", "pkg=={0}", "pkg:{0}", "name/{0}"]
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, version);

    private static IEnumerable<string> Files =>
    [
        .. from word in Words
           from form in (string[])["{0}.txt", "my {0}.md", ".{0}rc", "{0} (1).tar.gz", "dir/{0}", "./{0}", "../{0}.x", "/srv/data/{0}", "{0}/", "{0}/**/*.cs", "{0}~", "#{0}#", "{0}.{0}", "C:\\Users\\{0}", "{0},v", "[{0}].tsx", "{0};1", "~/{0}", "{{{0}}}", "$RECYCLE.BIN/{0}", "!{0}"]
           select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, word),
        ".gitignore", ".", "..", "a b c", "Makefile", ".env.local", "...", "__init__.py", "[slug]", "(group)",
    ];

    private static IEnumerable<string> Addresses =>
        from host in (string[])["example.com", "例え.jp", "münchen.de", "xn--mnchen-3ya.de", "localhost:8080", "192.0.2.1", "[2001:db8::1]:8443", "sub.domain.example.co.uk"]
        from form in (string[])["https://{0}/", "http://{0}/a?b=c&d=e#f", "ssh://git@{0}/repo.git", "git@{0}:org/repo.git", "ann.o'neil+tag@{0}", "{0}", "https://{0}/a%20b/@me", "mailto:a@{0}", "https://{0}/~user/;v=1", "s3://{0}/key=value/x", "postgres://{0}/db", "\"Ann Lee\" <ann@{0}>"]
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, host);

    private static IEnumerable<string> Phrases =>
        from word in Words
        from form in (string[])["Fix {0}: handle null (#12)", "{0} & co", "key={0}", "{0}: {0}", "SELECT '{0}'", "{{\"{0}\": 1}}", "\"{0}\"", "it's {0}!", "<{0}>", "{0}? yes; no", "{0} | {0}", "1,000 {0}", "¿{0}?", "«{0}»", "100 % {0}", "{0} \\ {0}", "`{0}`", "{0} = ${0}", "“{0}”", "{0} -> {0}", "{0} 5−3", "…{0}"]
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, word);
}
