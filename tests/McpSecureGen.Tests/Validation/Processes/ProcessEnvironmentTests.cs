using McpSecureGen.Validation.Processes;

namespace McpSecureGen.Tests.Validation.Processes;

public sealed class ProcessEnvironmentTests
{
    [Theory]
    [InlineData("LD_PRELOAD")]
    [InlineData("ld_library_path")]
    [InlineData("LD_AUDIT")]
    [InlineData("DYLD_INSERT_LIBRARIES")]
    [InlineData("GCONV_PATH")]
    [InlineData("DOTNET_STARTUP_HOOKS")]
    [InlineData("DOTNET_ADDITIONAL_DEPS")]
    [InlineData("CORECLR_PROFILER_PATH")]
    [InlineData("NODE_OPTIONS")]
    [InlineData("NODE_PATH")]
    [InlineData("PYTHONPATH")]
    [InlineData("PYTHONSTARTUP")]
    [InlineData("PERL5OPT")]
    [InlineData("RUBYOPT")]
    [InlineData("JAVA_TOOL_OPTIONS")]
    [InlineData("_JAVA_OPTIONS")]
    [InlineData("BASH_ENV")]
    [InlineData("ENV")]
    [InlineData("SHELLOPTS")]
    [InlineData("PS4")]
    [InlineData("GIT_SSH_COMMAND")]
    [InlineData("GIT_SSH")]
    [InlineData("GIT_EXTERNAL_DIFF")]
    [InlineData("GIT_EXEC_PATH")]
    [InlineData("GIT_CONFIG_COUNT")]
    [InlineData("GIT_PROXY_COMMAND")]
    [InlineData("EDITOR")]
    [InlineData("PAGER")]
    [InlineData("LESSOPEN")]
    [InlineData("RSYNC_RSH")]
    [InlineData("TAR_OPTIONS")]
    [InlineData("MAVEN_OPTS")]
    [InlineData("RUSTC_WRAPPER")]
    [InlineData("OPENSSL_CONF")]
    [InlineData("SSLKEYLOGFILE")]
    [InlineData("SOME_TOOL_COMMAND")]
    [InlineData("MCP_ACCESS_TOKEN")]
    [InlineData("MCPSECUREGEN_RUN")]
    public void Given_a_name_through_which_a_value_becomes_code_then_it_is_never_handed_on(string name)
    {
        Assert.Throws<ArgumentException>(() => Given(name, "x"));
        Assert.Throws<ArgumentException>(() => ProcessEnvironment.Of(new ToolProcessOptions { InheritedVariables = [name] }));
    }

    [Theory]
    [InlineData("HOME", "/home/x")]
    [InlineData("LANG", "C.UTF-8")]
    [InlineData("TZ", "UTC")]
    [InlineData("PATH", "/usr/bin:/bin")]
    [InlineData("http_proxy", "http://proxy:3128")]
    [InlineData("GIT_AUTHOR_NAME", "Ann")]
    [InlineData("GIT_TERMINAL_PROMPT", "0")]
    [InlineData("GIT_CONFIG_GLOBAL", "/dev/null")]
    [InlineData("DOTNET_ROOT", "/usr/share/dotnet")]
    [InlineData("PYTHONUTF8", "1")]
    [InlineData("API_KEY", "")]
    [InlineData("GOOGLE_CLOUD_PROJECT", "x")]
    [InlineData("HGH_SETTING", "x")]
    public void Given_an_ordinary_variable_then_it_is_handed_on(string name, string value) =>
        Assert.Equal([KeyValuePair.Create(name, value)], Given(name, value));

    [Theory]
    [InlineData("", "x")]
    [InlineData("1A", "x")]
    [InlineData("A B", "x")]
    [InlineData("A=B", "x")]
    [InlineData("BASH_FUNC_x%%", "() { :; }")]
    [InlineData("A\0B", "x")]
    [InlineData("A", "x\0y")]
    [InlineData("A", "x\ny")]
    [InlineData("PATH", "")]
    [InlineData("PATH", "/usr/bin:")]
    [InlineData("PATH", ".:/usr/bin")]
    [InlineData("PATH", "/usr/bin:relative")]
    [InlineData("GIT_CONFIG_GLOBAL", "/home/x/.gitconfig")]
    [InlineData("DOTNET_ROOT", "dotnet")]
    [InlineData("JAVA_HOME", "")]
    public void Given_a_name_or_value_that_is_not_plain_then_the_run_is_refused(string name, string value) =>
        Assert.Throws<ArgumentException>(() => Given(name, value));

    [Fact]
    public void Given_a_lone_surrogate_then_the_run_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Given("A", "\uD800"));
        Assert.Throws<ArgumentException>(() => Given("A", "\uDC00\uD800"));
        Assert.Single(Given("A", "😀"));
    }

    [Fact]
    public void Given_nothing_named_then_nothing_is_inherited_and_what_is_named_and_not_set_is_left_out()
    {
        Assert.Empty(ProcessEnvironment.Of(new ToolProcessOptions()));
        Assert.Empty(ProcessEnvironment.Of(new ToolProcessOptions { InheritedVariables = ["NO_SUCH_VARIABLE_HERE"] }));
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Given(string name, string value) =>
        ProcessEnvironment.Of(new ToolProcessOptions { Variables = new Dictionary<string, string> { [name] = value } });
}
