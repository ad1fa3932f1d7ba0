namespace McpSecureGen.HostileInput.Paths;

/// <summary>The families of attack that the public lists draw from, made by rule so that a clone without them tests the same.</summary>
internal static class HostilePaths
{
    private static readonly string[] Ups =
        ["..", "%2e%2e", ".%2e", "%252e%252e", "%25252e%25252e", "．．", "‥", ".. ", "..\0", "%c0%ae%c0%ae", "%u002e%u002e", "..;", "....", "%e0%80%ae%e0%80%ae", "%uff0e%uff0e"];

    private static readonly string[] Separators = ["/", "\\", "%2f", "%5c", "%252f", "%255c", "%c0%af", "%c1%9c", "／", "＼", "//", "\\/", "/./", "%u2215", "%uff0f", "⁄"];

    private static readonly string[] Targets = ["outside.txt", "etc/passwd"];

    internal static IReadOnlyDictionary<string, string[]> Families { get; } = new Dictionary<string, string[]>
    {
        ["upwards, every spelling"] = [.. from up in Ups from separator in Separators from depth in (int[])[1, 3] from target in Targets select string.Concat(Enumerable.Repeat(up + separator, depth)) + target],
        ["upwards out of a folder"] = [.. from separator in Separators from prefix in (string[])["sub", "sub/deep", "missing", "a.txt", "good"] from target in Targets select $"{prefix}{separator}..{separator}..{separator}..{separator}{target}"],
        ["siblings that share the prefix"] = ["../ws_secret/x.txt", "../ws.txt", "..\\ws_secret\\x.txt", "_secret/x.txt", "sub/../../ws_secret/x.txt", "%2e%2e/ws_secret/x.txt", ".._secret/x.txt"],
        ["through links"] = ["out/outside.txt", "out", "out/", "out/ws_secret/x.txt", "etc/passwd", "etc", "system/etc/passwd", "system", "sub/up/outside.txt", "sub/up", "file", "new", "file/", "good/up/outside.txt", "out/ws/a.txt", "system/tmp", "new/x", "good/../out/outside.txt"],
        ["absolute"] = [.. from prefix in (string[])["/", "//", "\\", "\\\\", "file:///", "file://localhost/", "file:/", "C:/", "C:\\", "c:", "/C:/", "\\\\?\\C:\\", "\\\\.\\", "\\??\\", "//?/C:/", "\\\\localhost\\C$\\", "\\\\127.0.0.1@80\\", "\\\\?\\UNC\\x\\y\\", "\\\\?\\GLOBALROOT\\", "%2f", "%5c", "／", "~/", "~root/", "$HOME/", "%HOME%/", "%SystemRoot%/"]
                              from target in (string[])["etc/passwd", "tmp/x", "windows/win.ini", ""] select prefix + target],
        ["cut short"] = [.. from cut in (string[])["\0", "%00", "%2500", "\\0", "\u0001", "\n", "\r\n", "\t", "%0a", "\u202E", "\u200B", "\uFEFF", "\u00AD", "\u2028", "\u0085", "\u007F", "\U000E0041"] from target in (string[])["../outside.txt", "a.txt"] from end in (string[])["", ".png"] select target + cut + end],
        ["devices and streams"] = ["CON", "nul", "NUL.txt", "aux.c", "COM1", "LPT9", "COM¹", "CONIN$", "a.txt::$DATA", "a.txt:x", "sub::$INDEX_ALLOCATION", "sub:$I30:$INDEX_ALLOCATION", "ＮＵＬ", "prn.log", "sub/NUL"],
        ["dots and spaces"] = ["a.txt.", "a.txt ", "a.txt...", "sub./b.txt", "sub /b.txt", "...", "....", ". ", ".. ", " ..", ". ./x", "..../..../outside.txt", "a.txt . "],
        ["nothing and all"] = ["", " ", ".", "./", "/", "\\", "*", "?", "**/*", "..", "../", "..\\", "%", "%%", "%2", new string('a', 5000), string.Concat(Enumerable.Repeat("../", 300)) + "etc/passwd", string.Concat(Enumerable.Repeat("a/", 400)), new string('.', 1000)],
    };
}
