namespace McpSecureGen.HostileInput.Processes;

/// <summary>The families of command and argument injection, written by rule, so that they are tested where the lists of others are not at hand.</summary>
internal static class CommandFamilies
{
    private const string Effect = "touch pwned";

    private static readonly string[] Separators = [";", "&", "&&", "|", "||", "|&", "\n", "\r\n", "\r", "\0", "`", "$(", "<(", ">(", "%0a", "%3b", "%26", "%00", "^&", "\u2028", "\u0085"];

    /// <summary>What a shell would read; harmless as one element of a list where it holds no control character.</summary>
    public static IEnumerable<string> ShellSyntax =>
    [
        .. Separators.SelectMany(static separator => (string[])
            [$"{separator}{Effect}", $"a{separator}{Effect}", $"a {separator} {Effect}", $"a'{separator}{Effect}'", $"a\"{separator}{Effect}\"", $"a{separator}{Effect}{separator}", $"{separator}{Effect} #"]),
        "$(touch pwned)", "`touch pwned`", "${IFS}touch${IFS}pwned", "{touch,pwned}", "$0", "~/.ssh/id_rsa", "*", "a > pwned", "a >> pwned", "a < /etc/passwd", "a 2>&1",
        "%COMSPEC% /c ver", "!PATH!", "%CD%", "^\"&calc", "\"&calc&\"", "%CMDCMDLINE:~-1%&calc", "a\" --upload-pack=\"touch pwned", "aws -h;whoami", "() { :; }; touch pwned",
    ];

    /// <summary>What the program itself would read as an option or a response file.</summary>
    public static IEnumerable<string> Options =>
        from sign in (string[])["-", "--", "+", "@", "–", "—", "−", "－", "‐", "‑", "﹣", "＋", "＠", " -", "\u00A0-", "\t-", "\u200B-", "\uFEFF-", "\u202E-"]
        from rest in (string[])
            ["", "x", "h", "c core.pager=touch pwned", "output=/tmp/pwned", "upload-pack=touch pwned", "exec=touch pwned", "checkpoint-action=exec=sh", "oProxyCommand=touch pwned",
             "o /tmp/pwned", "K config", "I touch", "e sh", "server=https://attacker.example", "insecure-skip-tls-verify=true", "format=%(x)", "/etc/passwd", "rsp"]
        select sign + rest;

    /// <summary>Names and paths of programs other than the one that is allowed.</summary>
    public static IEnumerable<string> Programs =>
        from program in (string[])["sh", "bash", "cmd", "cmd.exe", "powershell", "recorder.exe", "recorder.bat", "recorder.cmd", "Recorder", "RECORDER", "recorder ", " recorder", "recorder.", "recorder\0", "recorder\n", "recorder;id", "recorder --help", "\"recorder\"", "ｒecorder", "recorder\u200B"]
        from folder in (string[])["", "./", "../", "/bin/", "/usr/bin/", "\\", "C:\\Windows\\System32\\", "\\\\host\\share\\", "file:///bin/", "~/", "$HOME/"]
        select folder + program;
}
