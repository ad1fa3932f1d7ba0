using System.IO.Compression;
using System.Security.Cryptography;

namespace McpSecureGen.Analyzers.Tests.Packaging;

/// <summary>
/// The package as its users get it: restored and built outside this repository. It starts the compiler several times (half a minute);
/// <c>MCPSECUREGEN_PACKAGING=0</c> leaves it out.
/// </summary>
[Trait("Category", "Packaging")]
public sealed class PackageTests : IClassFixture<PackageConsumer>
{
    private readonly PackageConsumer _consumer;

    public PackageTests(PackageConsumer consumer)
    {
        Assert.SkipUnless(PackageConsumer.IsAsked, "Left out by MCPSECUREGEN_PACKAGING=0.");
        _consumer = consumer;
    }

    [Fact]
    public void Package_holds_library_analyzers_and_build_files_and_is_the_same_twice()
    {
        var (first, second) = (_consumer.Pack("first"), _consumer.Pack("second"));

        Assert.Subset(
            first.Keys.ToHashSet(),
            new HashSet<string>
            {
                "lib/net10.0/McpSecureGen.dll",
                "lib/net10.0/McpSecureGen.xml",
                "analyzers/dotnet/roslyn4.14/cs/McpSecureGen.Analyzers.dll",
                "analyzers/dotnet/roslyn4.14/cs/McpSecureGen.CodeFixes.dll",
                "build/McpSecureGen.props",
                "buildTransitive/McpSecureGen.props",
            });
        Assert.DoesNotContain(first.Keys, name => name.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Annotated_server_builds_with_no_other_line_changed()
    {
        var build = _consumer.Build("-p:DefineConstants=SECURED");

        Assert.True(build.Code == 0, build.Output);
    }

    [Fact]
    public void Server_without_annotations_does_not_build()
    {
        var build = _consumer.Build();

        Assert.NotEqual(0, build.Code);
        Assert.Contains("error MCPSEC1001", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_built_with_analyzers_off_does_not_start_and_names_the_tools()
    {
        var build = _consumer.Build("-p:RunAnalyzers=false");
        Assert.True(build.Code == 0, build.Output);

        var run = _consumer.Start();

        Assert.NotEqual(0, run.Code);
        Assert.True(run.Output.Contains("read_file", StringComparison.Ordinal), run.Output);
        Assert.Contains("FileTools", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_without_interceptors_must_install_the_guard_itself()
    {
        var build = _consumer.Build("-p:DefineConstants=SECURED", "-p:McpSecureGenInterceptors=false");

        Assert.NotEqual(0, build.Code);
        Assert.Contains("error MCPSEC5002", build.Output, StringComparison.Ordinal);

        var byHand = _consumer.Build("-p:DefineConstants=SECURED%3BBYHAND", "-p:McpSecureGenInterceptors=false");
        Assert.True(byHand.Code == 0, byHand.Output);
    }

    internal static SortedDictionary<string, string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            entries.Add(entry.FullName, Convert.ToHexString(SHA256.HashData(content)));
        }

        return entries;
    }
}
