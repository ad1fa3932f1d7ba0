using McpSecureGen.Capabilities;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.Tests.Capabilities;

public sealed class CapabilityNameTests
{
    [Theory]
    [InlineData("read:files")]
    [InlineData("read:files/temp")]
    [InlineData("read:files/temp/today-1")]
    [InlineData("a:b")]
    [InlineData("x-1:y-2")]
    [InlineData("1:2/3")]
    public void Well_formed(string name) => Assert.True(CapabilityName.IsWellFormed(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("read")]
    [InlineData(":files")]
    [InlineData("read:")]
    [InlineData("read:files/")]
    [InlineData("read:/files")]
    [InlineData("read:files//temp")]
    [InlineData("read/files")]
    [InlineData("files/read:files")]
    [InlineData("read:files:temp")]
    [InlineData("read:files/temp:x")]
    [InlineData("Read:files")]
    [InlineData("read:Files")]
    [InlineData("read:fileſ")]
    [InlineData("read:fi\u200Bles")]
    [InlineData(" read:files")]
    [InlineData("read:files ")]
    [InlineData("read:files\n")]
    [InlineData("read: files")]
    [InlineData("read:*")]
    [InlineData("*")]
    [InlineData("read:files/..")]
    [InlineData("read:files/a_b")]
    [InlineData("read:files/%2e")]
    public void Malformed(string? name) => Assert.False(CapabilityName.IsWellFormed(name));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Length_is_bounded(int length, bool wellFormed) => Assert.Equal(wellFormed, CapabilityName.IsWellFormed("read:".PadRight(length, 'a')));

    [Theory]
    [InlineData("read:files", "read:files")]
    [InlineData("read:files/temp/x", "read:files")]
    public void Base_ends_at_the_first_slash(string name, string expected) => Assert.Equal(expected, CapabilityName.Base(name));

    [Fact]
    public void Every_built_in_name_is_a_constant_well_formed_and_listed_once()
    {
        var constants = typeof(McpCapabilities).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.Equal(constants, McpCapabilities.All);
        Assert.Equal(constants.Length, constants.Distinct().Count());
        Assert.All(constants, name => Assert.True(CapabilityName.IsWellFormed(name)));
        Assert.Equal(["read:files", "write:files", "exec:commands", "net:access", "env:read"], constants[..5]);
    }

    [Fact]
    public void Built_in_names_are_exactly_those_of_the_capability_map()
    {
        var map = Path.Combine(Path.GetDirectoryName(TokenCorpora.Require("jwt-secrets-first-1000.txt"))!, "..", "..", "capability-map.tsv");
        Assert.SkipUnless(File.Exists(map), "capability-map.tsv is not there: it stands beside the corpora folder.");

        var used = File.ReadLines(map)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Skip(1)
            .SelectMany(line => line.Split('\t')[1].Split(',', StringSplitOptions.TrimEntries))
            .Except(["safe", "none"]);
        Assert.Equal(McpCapabilities.All.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }
}
