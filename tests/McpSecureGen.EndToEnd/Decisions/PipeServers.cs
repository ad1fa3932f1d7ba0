using System.Diagnostics;
using System.IO.Pipelines;
using McpSecureGen.DecisionServer;
using McpSecureGen.EndToEnd.Support;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>Servers over a pair of streams, set up as their authors set them up.</summary>
internal static class PipeServers
{
    /// <summary>In this process, over pipes in memory.</summary>
    public static async Task<IDecisionConnection> InMemoryAsync(DecisionFiles files, string version)
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(files.Settings);
        builder.Services.AddSingleton(new DecisionEffects(files.Effects));
        builder.Services.AddSingleton<IDistributedCache>(new FolderCache(files.Cache));
        builder.Services.AddMcpServer().WithStreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()).WithTools<DecisionTools>();
        var host = builder.Build();
        await host.StartAsync();
        return await OpenAsync(new PipeConnection(toServer.Writer.AsStream(), toClient.Reader.AsStream(), version, async () =>
        {
            await host.StopAsync();
            host.Dispose();
        }));
    }

    /// <summary>In a process of its own, over its standard streams.</summary>
    public static async Task<IDecisionConnection> StdioAsync(DecisionFiles files, string version)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DecisionTools).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in files.Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        return await OpenAsync(new PipeConnection(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, version, async () =>
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }));
    }

    private static async Task<IDecisionConnection> OpenAsync(PipeConnection connection)
    {
        await connection.OpenAsync();
        return connection;
    }
}
