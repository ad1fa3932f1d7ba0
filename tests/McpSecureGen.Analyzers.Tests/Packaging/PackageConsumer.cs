using System.Diagnostics;
using System.Reflection;

namespace McpSecureGen.Analyzers.Tests.Packaging;

/// <summary>A stdio server in a folder of its own, with its own package folder, that knows the library from its package alone.</summary>
public sealed class PackageConsumer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("package-consumer-");

    public PackageConsumer()
    {
        if (!IsAsked)
        {
            return;
        }

        Pack("feed");
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><add key="built" value="feed" /></packageSources>
              <fallbackPackageFolders><add key="shared" value="{SharedPackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Server.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="McpSecureGen" Version="0.1.0" />
                <PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.13" />
              </ItemGroup>
            </Project>
            """);
        Write("Program.cs", """
            using System.ComponentModel;
            using McpSecureGen;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using ModelContextProtocol.Server;

            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddMcpServer().WithStdioServerTransport().WithToolsFromAssembly();
            #if BYHAND
            builder.Services.AddMcpSecurity();
            #endif
            await builder.Build().RunAsync();

            [McpServerToolType]
            public sealed class FileTools
            {
                [McpServerTool(Name = "read_file"), Description("Reads a text file of the workspace.")]
            #if SECURED
                [RequiresCapability("read:files")]
                public string ReadFile([SafePath(Root = "workspace")] string path) => File.ReadAllText(path);
            #else
                public string ReadFile(string path) => File.ReadAllText(path);
            #endif
            }
            """);
        var restore = Run("dotnet", "restore");
        Assert.True(restore.Code == 0, restore.Output);
    }

    public static bool IsAsked => Environment.GetEnvironmentVariable("MCPSECUREGEN_PACKAGING") == "1";

    private static string SharedPackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ??
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Library => Path.Combine(
        typeof(PackageConsumer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SourceFolder").Value!, "McpSecureGen", "McpSecureGen.csproj");

    /// <summary>Packs the library into a folder; the result is each entry of the package and its hash.</summary>
    public SortedDictionary<string, string> Pack(string folder)
    {
        var pack = Run("dotnet", "pack", Library, "-c", "Release", "--nologo", "-o", Path.Combine(_folder.FullName, folder));
        Assert.True(pack.Code == 0, pack.Output);
        return PackageTests.Entries(Path.Combine(_folder.FullName, folder, "McpSecureGen.0.1.0.nupkg"));
    }

    /// <summary>Builds the server anew with the given properties.</summary>
    public (int Code, string Output) Build(params string[] properties) =>
        Run("dotnet", ["build", "--no-restore", "--no-incremental", "--nologo", .. properties]);

    /// <summary>Starts what was built last. Its input ends at once, so that a server that does start ends too.</summary>
    public (int Code, string Output) Start() => Run("dotnet", Path.Combine("bin", "Debug", "net10.0", "Server.dll"));

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
