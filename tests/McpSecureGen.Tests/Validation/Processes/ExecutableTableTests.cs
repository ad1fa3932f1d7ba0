using System.Runtime.Versioning;
using McpSecureGen.Hosting;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Paths;
using McpSecureGen.Validation.Processes;

namespace McpSecureGen.Tests.Validation.Processes;

/// <summary>Which programs a server starts with, and which stop it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ExecutableTableTests : IDisposable
{
    private const UnixFileMode Ordinary = (UnixFileMode)0b111_101_101;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-programs-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Given_a_program_behind_links_then_its_real_path_is_handed_over_and_pinned()
    {
        var real = Program("tool-1.2");
        var link = Path.Combine(_folder.FullName, "tool");
        File.CreateSymbolicLink(link, real);
        var table = Table("tool", link);
        var other = Program("other");

        File.Delete(link);
        File.CreateSymbolicLink(link, other);

        Assert.True(table.TryFind("tool", out var path));
        Assert.Equal(real, path);
        Assert.True(table.TryFind(real, out _));
        foreach (var unknown in (string?[])[link, other, "TOOL", "tool ", "", null, "./tool", "tool-1.2", "/bin/sh", "sh"])
        {
            Assert.False(table.TryFind(unknown, out _), unknown);
        }
    }

    [Theory]
    [InlineData("sh")]
    [InlineData("bash")]
    [InlineData("BASH.EXE")]
    [InlineData("bash-5.2")]
    [InlineData("ksh93")]
    [InlineData("zsh-5.9")]
    [InlineData("dash")]
    [InlineData("busybox")]
    [InlineData("busybox.static")]
    [InlineData("coreutils")]
    [InlineData("rustup")]
    [InlineData("snap")]
    [InlineData("pwsh")]
    [InlineData("pwsh-7")]
    [InlineData("pwsh-preview")]
    [InlineData("powershell.exe")]
    [InlineData("cmd.exe")]
    [InlineData("env")]
    [InlineData("xargs")]
    [InlineData("sudo")]
    [InlineData("ld-linux-x86-64.so.2")]
    [InlineData("run0")]
    [InlineData("nohup")]
    [InlineData("rundll32.exe")]
    public void Given_a_shell_or_a_program_that_starts_others_then_the_server_does_not_start(string name)
    {
        var error = Refused(Program(name));
        Assert.Contains("starts whatever its arguments say", error, StringComparison.Ordinal);

        // By another name it is the same program.
        var link = Path.Combine(_folder.FullName, "harmless");
        File.CreateSymbolicLink(link, Path.Combine(_folder.FullName, name));
        Assert.Contains($"leads to '{name}'", Refused(link), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("git")]
    [InlineData("7z")]
    [InlineData("python3.12")]
    [InlineData("ssh")]
    [InlineData("shfmt")]
    [InlineData("bashate")]
    [InlineData("ldd")]
    [InlineData("fishing")]
    [InlineData("time-tracker")]
    [InlineData("g++")]
    public void Given_another_program_then_its_name_is_no_obstacle(string name) => Assert.True(Table(name, Program(name)).TryFind(name, out _));

    [Theory]
    [InlineData("a.bat")]
    [InlineData("a.CMD")]
    [InlineData("a.cmd. .")]
    [InlineData("a.bat ")]
    public void Given_a_batch_file_then_the_server_does_not_start(string name) => Assert.Contains("batch file", Refused(Program(name)), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("git", "not an absolute path")]
    [InlineData("./git", "not an absolute path")]
    [InlineData("/usr/bin/gi\0t", "not shown")]
    [InlineData("/usr/bin/\u202Egit", "not shown")]
    [InlineData("/no/such/program", "does not name an existing file")]
    [InlineData("/tmp", "does not name an existing file")]
    [InlineData("/dev/null", "does not name an existing file")]
    public void Given_a_path_that_is_none_then_the_server_does_not_start(string path, string problem) =>
        Assert.Contains(problem, Refused(path), StringComparison.Ordinal);

    [Fact]
    public void Given_a_file_that_may_not_run_or_that_others_may_write_then_the_server_does_not_start()
    {
        var program = Program("tool");
        Assert.Null(ExecutableFile.Problem(program, out _));
        File.SetUnixFileMode(program, UnixFileMode.UserRead);
        Assert.Contains("not executable", Refused(program), StringComparison.Ordinal);
        File.SetUnixFileMode(program, Ordinary | UnixFileMode.OtherWrite);
        Assert.Contains("every account may write", Refused(program), StringComparison.Ordinal);
        File.SetUnixFileMode(program, Ordinary | UnixFileMode.SetUser);
        Assert.Contains("changes its user", Refused(program), StringComparison.Ordinal);
        File.SetUnixFileMode(program, Ordinary);
        File.SetUnixFileMode(_folder.FullName, Ordinary | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        Assert.Contains("folder that every account may write", Refused(program), StringComparison.Ordinal);
        File.SetUnixFileMode(_folder.FullName, Ordinary);
        Assert.Null(ExecutableFile.Problem(program, out _));
    }

    [Fact]
    public void Given_an_open_folder_further_up_then_the_server_does_not_start_unless_the_sticky_bit_guards_it()
    {
        var below = _folder.CreateSubdirectory("open/below").FullName;
        var program = Path.Combine(below, "tool");
        File.Copy(Program("tool"), program);
        var open = Path.Combine(_folder.FullName, "open");
        File.SetUnixFileMode(open, Ordinary | UnixFileMode.OtherWrite);
        Assert.Contains("folder that every account may write", Refused(program), StringComparison.Ordinal);
        File.SetUnixFileMode(open, Ordinary | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        Assert.Null(ExecutableFile.Problem(program, out _));
    }

    [Fact]
    public void Given_a_program_where_tools_may_write_then_the_server_does_not_start()
    {
        var program = Program("tool");
        PathRoot Root(bool isReadOnly) =>
            PathRoots.Create(new Dictionary<string, RootOptions> { ["ws"] = new() { Path = _folder.FullName, ReadOnly = isReadOnly } }).Get("ws");

        var error = Assert.Throws<McpSecurityConfigurationException>(() => ExecutableTable.Create(new Dictionary<string, string> { ["tool"] = program }, [Root(false)]));

        Assert.Contains("McpSecurity:Executables:tool lies inside McpSecurity:Roots:ws", error.Message, StringComparison.Ordinal);
        Assert.True(ExecutableTable.Create(new Dictionary<string, string> { ["tool"] = program }, [Root(true)]).TryFind("tool", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\u202Eb")]
    public void Given_a_name_that_is_none_then_the_server_does_not_start(string name) =>
        Assert.Throws<McpSecurityConfigurationException>(() => Table(name, Program("tool")));

    [Fact]
    public void Given_attributes_then_only_their_programs_are_accepted_and_by_their_exact_names()
    {
        var (git, tar) = (Program("git"), Program("tar"));
        var table = ExecutableTable.Create(new Dictionary<string, string> { ["git"] = git, ["tar"] = tar }, []);
        var absolute = Program("absolute");
        var rule = new SafeExecutableRule(table, new SafeExecutableAttribute("git", absolute));

        Assert.Equal(git, Apply(rule, "git"));
        Assert.Equal(absolute, Apply(rule, absolute));
        foreach (var value in (string[])["tar", "GIT", "git ", " git", "git\0", "git.exe", git, "../git", "git;id", "git --version", ""])
        {
            Assert.Null(Apply(rule, value));
        }

        Assert.True(table.TryFind(absolute, out _));
        File.Delete(git);
        Assert.Null(Apply(rule, "git"));
        File.SetUnixFileMode(absolute, Ordinary | UnixFileMode.OtherWrite);
        Assert.Null(Apply(rule, absolute));
    }

    [Fact]
    public void Given_attributes_without_a_program_or_with_one_that_is_not_configured_then_all_problems_are_named()
    {
        var table = ExecutableTable.Create(new Dictionary<string, string>(), []);
        Assert.Throws<McpSecurityConfigurationException>(() => new SafeExecutableRule(table, new SafeExecutableAttribute()));
        Assert.Throws<McpSecurityConfigurationException>(() => new SafeExecutableRule(table, new SafeExecutableAttribute(" ")));
        var error = Assert.Throws<McpSecurityConfigurationException>(
            () => new SafeExecutableRule(table, new SafeExecutableAttribute("git", "./tool", Program("bash"))));
        Assert.Equal(3, error.Problems.Count);
        Assert.Contains("set McpSecurity:Executables:git", error.Message, StringComparison.Ordinal);
    }

    private static string? Apply(SafeExecutableRule rule, string value) => rule.TryApply(ref value, default, out _) ? value : null;

    private static ExecutableTable Table(string name, string path) => ExecutableTable.Create(new Dictionary<string, string> { [name] = path }, []);

    private static string Refused(string path)
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => Table("tool", path));
        Assert.StartsWith("McpSecurity:Executables:tool ", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private string Program(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, "#!/no/such/interpreter\n");
        File.SetUnixFileMode(path, Ordinary);
        return path;
    }
}
