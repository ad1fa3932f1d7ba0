using System.Text.Json;
using McpSecureGen.HostileInput.Output;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Cves;

/// <summary>
/// What went wrong in published servers: each test first does what the vulnerable one did, to show that its payload works, then asks a real tool of a
/// running server for the same, and for something ordinary.
/// </summary>
[Collection(nameof(PathCveTools))]
public sealed class PathCveTests
{
    private const string Benign = """{"path":"inside.txt"}""";

    [Fact]
    public async Task CVE_2025_53110_a_sibling_with_the_same_beginning() => await RunAsync(async (server, tree) =>
    {
        var payload = Path.Combine("..", Path.GetFileName(tree.Sibling), "x");

        // startsWith(allowed)
        var full = Path.GetFullPath(Path.Combine(tree.Root, payload));
        Assert.StartsWith(tree.Root, full, StringComparison.Ordinal);
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(full, Cancel));

        await RefusedAsync(server, "c_read", new { path = payload });
        await RefusedAsync(server, "c_read", new { path = full });
        await AnswersAsync(server, "c_read", Benign, "inside");
    });

    [Fact]
    public async Task CVE_2025_53109_a_link_that_leads_out() => await RunAsync(async (server, tree) =>
    {
        // The path itself is inside; on failure the parent alone was checked.
        var full = Path.Combine(tree.Root, "escape.txt");
        Assert.Equal(tree.Root, Path.GetDirectoryName(full));
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(full, Cancel));

        await RefusedAsync(server, "c_read", new { path = "escape.txt" });
        await RefusedAsync(server, "c_read", new { path = "escape/x" });
        await RefusedAsync(server, "c_write", new { path = "escape.txt", text = "overwritten" });
        await RefusedAsync(server, "c_write", new { path = "escape/new", text = "new" });
        await AnswersAsync(server, "c_write", """{"path":"sub/new.txt","text":"t"}""", "written");
    });

    [Fact]
    public async Task CVE_2025_68143_any_folder_becomes_a_repository() => await RunAsync(async (server, tree) =>
    {
        // git_init(repo_path), with the home expanded
        var expanded = "~/.ssh".Replace("~", tree.Home, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(expanded, ".git"));
        Assert.True(Directory.Exists(Path.Combine(tree.Home, ".ssh", ".git")));
        Directory.Delete(Path.Combine(expanded, ".git"));

        await RefusedAsync(server, "c_init", new { repoPath = expanded });
        await RefusedAsync(server, "c_init", new { repoPath = "../home/.ssh" });
        await AnswersAsync(server, "c_init", """{"repoPath":"sub"}""", "initialised");
        Assert.True(Directory.Exists(Path.Combine(tree.Root, "sub", ".git")));
    });

    [Fact]
    public async Task CVE_2025_68145_the_configured_root_is_compared_with_each_call() => await RunAsync(async (server, tree) =>
    {
        // A root was configured, and the path of the call used as it came.
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(Path.Combine(tree.Sibling, "x"), Cancel));

        await RefusedAsync(server, "c_list", new { path = tree.Sibling });
        await RefusedAsync(server, "c_list", new { path = tree.Home });
        await AnswersAsync(server, "c_list", """{"path":"sub"}""", "deep.txt");
    });

    [Fact]
    public async Task CVE_2026_27735_one_element_of_a_list() => await RunAsync(async (server, tree) =>
    {
        // index.add(files) joins each to the working tree and looks no further
        const string payload = "../home/.kube/config";
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(Path.Combine(tree.Root, payload), Cancel));

        await RefusedAsync(server, "c_add", new { files = new[] { "inside.txt", payload } });
        await RefusedAsync(server, "c_add", new { files = new[] { "../../../../../../../.kube/config" } });
        await AnswersAsync(server, "c_add", """{"files":["inside.txt","sub/deep.txt"]}""", "insidedeep");
    });

    [Fact]
    public async Task CVE_2025_67366_traversal_and_links() => await RunAsync(async (server, tree) =>
    {
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(Path.Combine(tree.Root, "sub/../../outside.txt"), Cancel));
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(Path.Combine(tree.Root, "escape/x"), Cancel));

        foreach (var payload in new[] { "sub/../../outside.txt", "..\\outside.txt", "%2e%2e/outside.txt", "escape/x" })
        {
            await RefusedAsync(server, "c_read", new { path = payload });
        }

        await AnswersAsync(server, "c_read", """{"path":"sub/../inside.txt"}""", "inside");
    });

    [Fact]
    public async Task CVE_2025_66689_a_list_of_what_is_forbidden() => await RunAsync(async (server, tree) =>
    {
        // Forbidden by exact string: the folder is, what lies in it is not
        string[] forbidden = [tree.Home, tree.Sibling, "/etc"];
        var payload = Path.Combine(tree.Home, ".ssh", "id");
        Assert.DoesNotContain(payload, forbidden);
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(payload, Cancel));

        await RefusedAsync(server, "c_read", new { path = payload });
        await RefusedAsync(server, "c_read", new { path = "C:\\Windows\\win.ini" });
        await AnswersAsync(server, "c_read", Benign, "inside");
    });

    [Fact]
    public async Task CVE_2026_7811_absolute_is_not_canonical() => await RunAsync(async (server, tree) =>
    {
        // ROOT in path.absolute().parents: the text still holds the dots
        var absolute = Path.Combine(tree.Root, "..", "outside.txt");
        Assert.Contains(tree.Root, Parents(absolute));
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(absolute, Cancel));

        await RefusedAsync(server, "c_read", new { path = "../outside.txt" });
        await RefusedAsync(server, "c_read", new { path = absolute });
        await AnswersAsync(server, "c_read", Benign, "inside");

        static IEnumerable<string> Parents(string path)
        {
            for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
            {
                yield return path[..at];
            }
        }
    });

    [Fact]
    public async Task CVE_2026_27825_a_download_writes_anywhere() => await RunAsync(async (server, tree) =>
    {
        var keys = Path.Combine(tree.Home, ".ssh", "authorized_keys");
        await File.WriteAllTextAsync(keys, "attacker", Cancel);
        Assert.True(File.Exists(keys));
        File.Delete(keys);

        await RefusedAsync(server, "c_write", new { path = keys, text = "attacker" });
        await RefusedAsync(server, "c_write", new { path = "../home/.ssh/authorized_keys", text = "attacker" });
        await RefusedAsync(server, "c_write", new { path = "../home/.bashrc", text = "attacker" });
        await AnswersAsync(server, "c_write", """{"path":"download.bin","text":"data"}""", "written");
    });

    [Fact]
    public async Task CVE_2026_77262_an_upload_reads_any_file() => await RunAsync(async (server, tree) =>
    {
        // The fix confined what is written; what is read, to be sent away, was not
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(Path.Combine(tree.Home, ".ssh", "id"), Cancel));

        await RefusedAsync(server, "c_add", new { files = new[] { Path.Combine(tree.Home, ".ssh", "id") } });
        await RefusedAsync(server, "c_read", new { path = "../home/.ssh/id" });
        await AnswersAsync(server, "c_add", """{"files":["inside.txt"]}""", "inside");
    });

    [Fact]
    public async Task CVE_2026_77271_the_working_directory_is_no_root() => await RunAsync(async (server, tree) =>
    {
        // Confined to the working directory, which holds the program itself
        var module = Path.Combine(AppContext.BaseDirectory, "cve-77271.probe");
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), module);
        await File.WriteAllTextAsync(relative, "overwritten", Cancel);
        Assert.True(File.Exists(module));
        File.Delete(module);

        await RefusedAsync(server, "c_write", new { path = module, text = "overwritten" });
        await AnswersAsync(server, "c_write", """{"path":"cve-77271.probe","text":"t"}""", "written");
        Assert.False(File.Exists(module));
        Assert.True(File.Exists(Path.Combine(tree.Root, "cve-77271.probe")));
    });

    [Fact]
    public async Task CVE_2026_40576_without_a_root_nothing_is_served()
    {
        // Confined only where a folder was configured; none was
        string? configured = null;
        Assert.True(configured is null || "/etc/passwd".StartsWith(configured, StringComparison.Ordinal));

        var refused = await Assert.ThrowsAnyAsync<Exception>(
            static () => PipeServer.StartAsync(static b => b.WithTools<PathCveTools>(), static settings => settings.Remove("McpSecurity:Roots:ws")));
        Assert.Contains("McpSecurity:Roots:ws", refused.ToString(), StringComparison.Ordinal);

        await RunAsync(static async (server, _) => await AnswersAsync(server, "c_read", Benign, "inside"));
    }

    [Fact]
    public async Task CVE_2026_85661_an_empty_root_is_none()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(
            static () => PipeServer.StartAsync(static b => b.WithTools<PathCveTools>(), static settings => settings["McpSecurity:Roots:ws"] = ""));
        Assert.Contains("McpSecurity:Roots:ws", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CVE_2026_61462_a_segment_of_a_rest_path() => await RunAsync(async (server, _) =>
    {
        await using var api = new LoopbackRecorder();
        PathCveTools.ApiBase = api.Url;

        // job_id goes into the path as it came
        await PathCveTools.Http.GetStringAsync($"{api.Url}/api/v4/projects/1/jobs/{"../../../user"}", Cancel);
        Assert.Contains("GET /api/v4/user HTTP/1.1", api.Seen);

        await RefusedAsync(server, "c_job", new { jobId = "../../../user" });
        await AnswersAsync(server, "c_job", """{"jobId":7}""", "ok");
        Assert.Equal(["GET /api/v4/user HTTP/1.1", "GET /api/v4/projects/1/jobs/7 HTTP/1.1"], api.Seen);
    });

    [Fact]
    public async Task CVE_2026_32871_a_parameter_of_a_described_api() => await RunAsync(async (server, _) =>
    {
        await using var api = new LoopbackRecorder();
        PathCveTools.ApiBase = api.Url;

        // urljoin(base, value)
        await PathCveTools.Http.GetStringAsync(new Uri(new Uri($"{api.Url}/v1/items/"), "../../admin/keys"), Cancel);
        Assert.Contains("GET /admin/keys HTTP/1.1", api.Seen);

        await RefusedAsync(server, "c_item", new { item = "../../admin/keys" });
        await RefusedAsync(server, "c_item", new { item = "..%2fadmin" });
        await AnswersAsync(server, "c_item", """{"item":"a-1"}""", "ok");
        Assert.Equal(["GET /admin/keys HTTP/1.1", "GET /v1/items/a-1 HTTP/1.1"], api.Seen);
    });

    [Theory]
    [InlineData("saveTo")]
    [InlineData("output")]
    public async Task CVE_2026_33989_a_recording_is_saved_anywhere(string name) => await RunAsync(async (server, tree) =>
    {
        var target = Path.Combine(tree.Home, name);
        await File.WriteAllTextAsync(Path.Combine(tree.Root, $"../home/{name}"), "png", Cancel);
        Assert.True(File.Exists(target));
        File.Delete(target);

        await RefusedAsync(server, "c_write", new { path = $"../home/{name}", text = "png" });
        await AnswersAsync(server, "c_write", $$"""{"path":"{{name}}.png","text":"png"}""", "written");
    });

    [Fact]
    public async Task CVE_2026_7404_a_delete_leaves_the_folder() => await RunAsync(async (server, tree) =>
    {
        var victim = Path.Combine(tree.Home, "prompt.json");
        await File.WriteAllTextAsync(victim, "{}", Cancel);
        File.Delete(Path.Combine(tree.Root, "../home/prompt.json"));
        Assert.False(File.Exists(victim));
        await File.WriteAllTextAsync(victim, "{}", Cancel);

        await RefusedAsync(server, "c_delete", new { path = "../home/prompt.json" });
        await RefusedAsync(server, "c_delete", new { path = "escape/x" });
        Assert.True(File.Exists(victim));
        await AnswersAsync(server, "c_delete", Benign, "deleted");
        Assert.False(File.Exists(Path.Combine(tree.Root, "inside.txt")));
    });

    [Fact]
    public async Task CVE_2025_61685_a_listing_leaves_the_folder() => await RunAsync(async (server, tree) =>
    {
        Assert.Contains(Directory.EnumerateFileSystemEntries(Path.Combine(tree.Root, "../home")), static e => e.EndsWith(".ssh", StringComparison.Ordinal));

        await RefusedAsync(server, "c_list", new { path = "../home" });
        await RefusedAsync(server, "c_list", new { path = "escape" });
        await AnswersAsync(server, "c_list", """{"path":"sub"}""", "deep.txt");
    });

    [Fact]
    public async Task CVE_2025_5273_an_absolute_path() => await RunAsync(async (server, tree) =>
    {
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(Path.Combine(tree.Root, tree.OutsideFile), Cancel));

        await RefusedAsync(server, "c_read", new { path = tree.OutsideFile });
        await RefusedAsync(server, "c_read", new { path = "file://" + tree.OutsideFile });
        await AnswersAsync(server, "c_read", Benign, "inside");
    });

    [Fact]
    public async Task Smithery_2025_a_build_context() => await RunAsync(async (server, tree) =>
    {
        // dockerBuildPath: ".." of a hosted build
        Assert.Contains(Path.Combine(tree.Root, "..", "home"), Directory.EnumerateDirectories(Path.Combine(tree.Root, "..")));

        await RefusedAsync(server, "c_list", new { path = ".." });
        await RefusedAsync(server, "c_list", new { path = "sub/../.." });
        await AnswersAsync(server, "c_list", """{"path":"sub"}""", "deep.txt");
    });

    [Fact]
    public async Task GHSA_pw7v_9v7h_6j22_a_look_for_dots_a_glob_and_a_path_inside_a_document() => await RunAsync(async (server, tree) =>
    {
        // No '..' in it, so it passes; the link is found by the pattern; the path stands in a file
        Assert.DoesNotContain("..", tree.OutsideFile, StringComparison.Ordinal);
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(tree.OutsideFile, Cancel));
        Assert.Contains(Directory.EnumerateFiles(tree.Root, "*.txt").Select(File.ReadAllText), static text => text == CveTree.Sentinel);

        await RefusedAsync(server, "c_read", new { path = tree.OutsideFile });
        await RefusedAsync(server, "c_manifest", new { manifest = new { name = "m", path = tree.OutsideFile } });
        await RefusedAsync(server, "c_manifest", new { manifest = new { name = "m", path = "escape.txt" } });
        var walked = await server.CallAsync("c_walk", """{"path":"."}""");
        Assert.DoesNotContain(CveTree.Sentinel, walked.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("deep", walked.GetRawText(), StringComparison.Ordinal);
        await AnswersAsync(server, "c_manifest", """{"manifest":{"name":"m","path":"inside.txt"}}""", "inside");
    });

    [Fact]
    public async Task Connapse_365_a_link_below_the_root_and_an_enumeration_that_follows() => await RunAsync(async (server, tree) =>
    {
        // GetFullPath + StartsWith(root + separator), and EnumerateFiles(AllDirectories)
        var full = Path.GetFullPath(Path.Combine(tree.Root, "escape", "x"));
        Assert.StartsWith(tree.Root + Path.DirectorySeparatorChar, full, StringComparison.Ordinal);
        Assert.Equal(CveTree.Sentinel, await File.ReadAllTextAsync(full, Cancel));

        await RefusedAsync(server, "c_read", new { path = "escape/x" });
        Assert.DoesNotContain(CveTree.Sentinel, (await server.CallAsync("c_walk", """{"path":"."}""")).GetRawText(), StringComparison.Ordinal);
        await AnswersAsync(server, "c_read", """{"path":"sub/deep.txt"}""", "deep");
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task RunAsync(Func<PipeServer, CveTree, Task> test)
    {
        await using var server = await PipeServer.StartAsync(static b => b.WithTools<PathCveTools>());
        await test(server, new CveTree(server.Root));
    }

    /// <summary>The call is refused, and outside the root everything is as it was.</summary>
    private static async Task RefusedAsync(PipeServer server, string tool, object arguments)
    {
        var before = Outside(server);
        var answer = await server.CallAsync(tool, JsonSerializer.Serialize(arguments));

        Assert.True(answer.GetProperty("result").TryGetProperty("isError", out var isError) && isError.GetBoolean(), answer.GetRawText());
        Assert.StartsWith("Invalid argument", PipeServer.Text(answer), StringComparison.Ordinal);
        Assert.DoesNotContain(CveTree.Sentinel, answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(before, Outside(server));
    }

    private static async Task AnswersAsync(PipeServer server, string tool, string arguments, string expected) =>
        Assert.Contains(expected, PipeServer.Text(await server.CallAsync(tool, arguments)), StringComparison.Ordinal);

    private static string Outside(PipeServer server) => CveTree.Outside(server.Root);
}
