using System.Collections.Frozen;
using System.Text;

namespace McpSecureGen.Validation.Processes;

/// <summary>
/// The environment of a program: empty, and what its author names. A name through which a value becomes code, a command or a library is refused even then,
/// because a value is what a client can come to influence.
/// </summary>
/// <remarks>CVE-2026-40159 (the whole environment handed on), CWE-426, CWE-454. The list of names is a second line; the first is that nothing is inherited.</remarks>
internal static class ProcessEnvironment
{
    /// <summary>Names of the loader, of runtimes and of shells; a star stands for any rest.</summary>
    private static readonly string[] Refused =
    [
        "LD_*", "DYLD_*", "_RLD*", "LIBPATH", "SHLIB_PATH", "GCONV_PATH", "GLIBC_TUNABLES", "LOCPATH", "NLSPATH", "HOSTALIASES", "RESOLV_HOST_CONF",
        "LOCALDOMAIN",
        "DOTNET_*", "CORECLR_*", "COR_*", "COMPLUS_*", "MSBUILD*", "NUGET_*", "NODE_*", "NPM_CONFIG_*", "DENO_*", "BUN_*", "PYTHON*", "PIP_*", "VIRTUAL_ENV",
        "RUBY*", "GEM_*", "BUNDLE_*", "PERL*",
        "JAVA_*", "_JAVA_*", "JDK_*", "CLASSPATH", "MAVEN_*", "GRADLE_*", "LUA_*", "PHP*", "R_*", "GUILE_*", "ERL_*", "ELIXIR_*", "GHC*", "GOFLAGS", "GOPATH",
        "GOROOT", "GOENV", "GOPROXY", "GOTOOLCHAIN", "GOCACHE", "GODEBUG", "CARGO_*", "RUST*",
        "BASH_*", "ENV", "SHELLOPTS", "BASHOPTS", "PS0", "PS1", "PS2", "PS3", "PS4", "PROMPT_COMMAND", "IFS", "CDPATH", "GLOBIGNORE", "ZDOTDIR", "FPATH",
        "KSH_*", "INPUTRC", "SHELL", "COMSPEC", "PATHEXT", "PSMODULEPATH", "PSEXECUTIONPOLICYPREFERENCE",
        "GIT_*", "HG", "HGRCPATH", "SVN_*", "CVS_*", "RSYNC_*", "SSH_*", "EDITOR", "VISUAL", "PAGER", "MANPAGER", "MANOPT", "BROWSER", "LESS*", "MAKEFLAGS",
        "MFLAGS", "GNUMAKEFLAGS", "MAKEFILES", "TERMCAP", "TERMINFO*",
        "OPENSSL_*", "SSLKEYLOGFILE", "KRB5*", "DOCKER_*", "KUBECONFIG", "AWS_CONFIG_FILE", "XDG_*", "DBUS_*", "MCPSECUREGEN_*", "MCP_ACCESS_TOKEN*",
        "*_COMMAND", "*_PRELOAD", "*_ASKPASS", "*_EDITOR", "*_PAGER", "*_SSH", "*_RSH", "*_SHELL", "*_OPTIONS", "*_OPTS", "*_WRAPPER", "*_LAUNCHER",
        "*_STARTUP", "*_HOOK", "*_HOOKS", "*_PLUGIN", "*_PLUGINS", "*OPT",
    ];

    /// <summary>Names that the list above catches and that hold nothing but a setting.</summary>
    private static readonly string[] Accepted =
    [
        "DOTNET_ROOT", "DOTNET_ROOT_*", "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_CLI_UI_LANGUAGE", "DOTNET_NOLOGO", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
        "PYTHONUNBUFFERED", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONNOUSERSITE", "PYTHONSAFEPATH",
        "NODE_ENV", "JAVA_HOME", "RUST_LOG", "RUST_BACKTRACE",
        "GIT_AUTHOR_*", "GIT_COMMITTER_*", "GIT_TERMINAL_PROMPT", "GIT_OPTIONAL_LOCKS", "GIT_CONFIG_NOSYSTEM", "GIT_CEILING_DIRECTORIES", "GIT_ALLOW_PROTOCOL",
        "GIT_PROTOCOL_FROM_USER", "GIT_LITERAL_PATHSPECS", "GIT_NO_REPLACE_OBJECTS", "GIT_ATTR_NOSYSTEM", "XDG_RUNTIME_DIR",
    ];

    /// <summary>What git, for one, reads as "no such file".</summary>
    private static readonly FrozenSet<string> MayNameNothing = FrozenSet.ToFrozenSet(["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The variables of a run.</summary>
    /// <exception cref="ArgumentException">A name or value that is not allowed: the author has to change it.</exception>
    internal static IReadOnlyList<KeyValuePair<string, string>> Of(ToolProcessOptions options)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in options.InheritedVariables)
        {
            Require(name, null);
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                Require(name, value);
                variables[name] = value;
            }
        }

        foreach (var (name, value) in options.Variables)
        {
            Require(name, value ?? throw new ArgumentException($"The variable '{name}' has no value."));
            variables[name] = value;
        }

        return [.. variables];
    }

    internal static bool IsRefused(string name) =>
        Refused.Any(pattern => Matches(pattern, name)) && !Accepted.Any(pattern => Matches(pattern, name)) && !MayNameNothing.Contains(name);

    private static void Require(string name, string? value)
    {
        if (string.IsNullOrEmpty(name) || char.IsAsciiDigit(name[0]) || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new ArgumentException("A variable's name must be of ASCII letters, digits and underscores and not begin with a digit.");
        }

        if (IsRefused(name))
        {
            throw new ArgumentException($"The variable '{name}' makes a program load code or run commands, and is not handed on.");
        }

        if (value is null)
        {
            return;
        }

        if (!IsPlain(value))
        {
            throw new ArgumentException($"The value of the variable '{name}' holds a control character or is not well-formed Unicode.");
        }

        if (MayNameNothing.Contains(name) && value is not ("/dev/null" or "NUL"))
        {
            throw new ArgumentException($"The variable '{name}' may only name the null device: a configuration of git names programs.");
        }

        // An empty or relative entry is the working directory (CWE-427).
        if (name.Equals("PATH", StringComparison.OrdinalIgnoreCase) && !value.Split(Path.PathSeparator).All(Path.IsPathFullyQualified))
        {
            throw new ArgumentException("The variable 'PATH' must hold absolute folders only.");
        }

        if ((Matches("DOTNET_ROOT*", name) || Matches("JAVA_HOME", name)) && !Path.IsPathFullyQualified(value))
        {
            throw new ArgumentException($"The variable '{name}' must be an absolute folder: code is loaded from there.");
        }
    }

    /// <summary>Whether text reaches a program as it is: .NET cuts an argument at NUL and replaces a lone surrogate.</summary>
    internal static bool IsPlain(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                return false;
            }
        }

        // The enumeration replaces lone surrogates; looking for the first ill-formed unit does not.
        return text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 || IsWellFormed(text);
    }

    private static bool IsWellFormed(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]) && (!char.IsHighSurrogate(text[index]) || ++index == text.Length || !char.IsLowSurrogate(text[index])))
            {
                return false;
            }
        }

        return true;
    }

    // Without case: Windows has none in names, and no program gives another case of these a meaning worth having.
    private static bool Matches(string pattern, string name) =>
        pattern[0] == '*' ? name.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : pattern[^1] == '*' ? name.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase)
        : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
