namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>What an edit elsewhere costs a server with many tools.</summary>
public sealed class IncrementalCostTests(ITestOutputHelper output)
{
    [Fact]
    public void Unrelated_edit_among_100_tools_allocates_little()
    {
        var files = Enumerable.Range(0, 20).Select(i => ($"Tools{i}.cs",
            $"public sealed class Tools{i} {{ {string.Join('\n', Enumerable.Range(0, 5).Select(j => $"[McpServerTool, RequiresCapability(\"read:files\")] public string M{j}([SafePath(Root = \"w\")] string path, [Range(1, 9)] int count = 1) => path;"))} }}"));
        var compilation = GeneratorRun.Compilation([.. files, ("Other.cs", "class Other { int X => 0; }")]);
        var driver = GeneratorRun.Driver().RunGenerators(compilation);
        var costs = new List<long>();
        for (var i = 1; i <= 15; i++)
        {
            compilation = compilation.Edit("Other.cs", text => text.Replace($"=> {i - 1}", $"=> {i}", StringComparison.Ordinal));
            var before = GC.GetAllocatedBytesForCurrentThread();
            driver = driver.RunGenerators(compilation);
            costs.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        var median = costs.Order().ElementAt(costs.Count / 2);
        output.WriteLine($"{median / 1024} KiB per edit");

        // Far above what is needed (the binding of each attributed method again), far below a generator without caching.
        Assert.InRange(median, 0, 16 * 1024 * 1024);
    }
}
