using McpSecureGen.Hosting;
using McpSecureGen.Validation;
using McpSecureGen.Validation.Paths;

namespace McpSecureGen.Tests.Validation;

public sealed class PathRootsTests : IDisposable
{
    private readonly ConfinedTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("relative/folder")]
    [InlineData(".")]
    [InlineData("/")]
    [InlineData("/proc/self")]
    [InlineData("/proc")]
    [InlineData("/sys/kernel")]
    [InlineData("/dev")]
    [InlineData("/tmp/../dev")]
    [InlineData("/a-folder-that-is-not-there")]
    [InlineData("/etc/passwd")]
    public void Given_an_unsafe_folder_When_created_Then_the_setting_is_named(string path)
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => Create(("bad", path)));
        Assert.Contains("McpSecurity:Roots:bad", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system")]
    [InlineData("loop-1")]
    [InlineData("dangling")]
    [InlineData("kernel")]
    public void Given_a_link_to_an_unsafe_folder_When_created_Then_it_is_refused(string link)
    {
        _tree.Link("kernel", "/proc");
        Assert.Throws<McpSecurityConfigurationException>(() => Create(("bad", Path.Combine(_tree.Root, link))));
    }

    [Fact]
    public void Given_several_problems_When_created_Then_all_are_listed()
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => Create(("one", ""), ("two", "/"), ("good", _tree.Root)));
        Assert.Equal(2, error.Problems.Count);
        Assert.Contains("McpSecurity:Roots:one", error.Problems[0], StringComparison.Ordinal);
        Assert.Contains("McpSecurity:Roots:two", error.Problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_linked_root_When_created_Then_it_is_resolved_once_and_found_without_case()
    {
        var root = Create(("Work", Path.Combine(_tree.Root, "to-sub") + "/")).Get("wORK");
        Assert.Equal(Path.Combine(_tree.Root, "sub"), root.RealPath);
    }

    [Fact]
    public void Given_an_unknown_root_When_asked_for_Then_the_setting_is_named()
    {
        var error = Assert.Throws<McpSecurityConfigurationException>(() => _tree.Roots.Get("other"));
        Assert.Contains("McpSecurity:Roots:other", error.Message, StringComparison.Ordinal);
        Assert.Throws<McpSecurityConfigurationException>(() => _tree.Roots.Get(""));
    }

    [Fact]
    public void Given_a_contradictory_attribute_When_the_rule_is_made_Then_start_up_fails()
    {
        foreach (var attribute in (SafePathAttribute[])[
            new() { Root = "missing" }, new(), new() { Root = "workspace", MaxLength = 0 }, new() { Root = "workspace", Extensions = ["txt"] },
            new() { Root = "workspace", Extensions = [""] }, new() { Root = "workspace", Access = (PathAccess)7 }])
        {
            Assert.Throws<McpSecurityConfigurationException>(() => new SafePathRule(_tree.Roots, attribute));
        }

        _ = new SafePathRule(_tree.Roots, new SafePathAttribute { Root = "workspace", Extensions = [".tar.gz"] });
    }

    private static PathRoots Create(params (string Name, string Path)[] roots) =>
        PathRoots.Create(roots.ToDictionary(root => root.Name, root => new RootOptions { Path = root.Path }));
}
