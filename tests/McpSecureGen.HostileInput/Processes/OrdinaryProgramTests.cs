using System.Globalization;
using McpSecureGen.Tests.Validation.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.HostileInput.Processes;

/// <summary>Programs with ordinary names: a server starts with all of them, and starts each.</summary>
public sealed class OrdinaryProgramTests(ITestOutputHelper output)
{
    private static readonly string[] Programs =
    [
        "git", "tar", "gzip", "zip", "unzip", "7z", "curl", "rsync", "ssh", "scp", "ffmpeg", "ffprobe", "convert", "magick", "pandoc", "pdftotext", "tesseract", "gs", "jq", "yq", "rg", "fd", "grep",
        "sed", "awk", "find", "diff", "patch", "make", "cmake", "ninja", "gcc", "g++", "clang", "clang-format", "clang-tidy", "rustc", "cargo", "go", "gofmt", "node", "npm", "npx", "python", "python3", "pip",
        "ruby", "perl", "php", "java", "javac", "mvn", "gradle", "dotnet", "msbuild", "terraform", "kubectl", "helm", "docker", "podman", "psql", "mysql", "sqlite3", "redis-cli", "mongosh", "openssl", "gpg",
        "ping", "dig", "host", "whois", "traceroute", "uname", "date", "df", "du", "ls", "cat", "wc", "sort", "file", "exiftool", "shellcheck", "shfmt", "hadolint", "bat", "eza", "dust", "cmdline-tool",
    ];

    private static IEnumerable<string> Names =>
        from program in Programs
        from form in (string[])["{0}", "{0}-18", "{0}3.12", "{0}-1.2.3", "{0}_x64", "my-{0}", "{0}-wrapper", "x86_64-linux-gnu-{0}", "{0}.sh", "{0}.py", "{0}.bin", "{0}.real", "{0}d", "lib{0}", "{0}ctl", "{0}-cli", "{0}+", "{0}2", "{0}.AppImage", "{0}64", "go-{0}", "{0}-next", "New{0}"]
        select string.Format(CultureInfo.InvariantCulture, form, program);

    [Fact]
    public async Task A_server_starts_with_two_thousand_ordinary_programs_and_starts_them()
    {
        var program = (string[])["/bin/true", "/usr/bin/true"];
        if (OperatingSystem.IsWindows() || Array.Find(program, File.Exists) is not { } nothing)
        {
            Assert.Skip("The programs of this test are scripts for 'true'.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("mcpsec-programs-");
        using var recorder = new Recorder();
        try
        {
            var script = $"#!{nothing}\n";
            string[] names = [.. Names.Distinct(StringComparer.Ordinal)];
            Assert.True(names.Length >= 2000, $"{names.Length}");
            foreach (var name in names)
            {
                var path = Path.Combine(folder.FullName, name);
                await File.WriteAllTextAsync(path, script);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            await using var server = await TestServer.StartAsync(
                static b => b.WithTools<ProcessTools>(),
                services => services.AddSingleton(provider => new RecorderRuns(provider.GetRequiredService<ToolProcess>()) { Recorder = recorder }),
                settings =>
                {
                    settings["McpSecurity:Executables:recorder"] = recorder.Executable;
                    foreach (var name in names)
                    {
                        settings[$"McpSecurity:Executables:{name}"] = Path.Combine(folder.FullName, name);
                    }
                });
            var token = Issuer.Token("exec:commands");
            var started = 0;
            foreach (var name in names.Where(static (_, index) => index % 20 == 0))
            {
                var result = await server.CallAsync("run_any", $$"""{"program":"{{name}}"}""", token);
                Assert.True(result.IsError is not true, $"{name}: {TestServer.Text(result)}");
                started++;
            }

            output.WriteLine($"Ordinary programs: {names.Length} configured, refused 0; {started} of them started.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
