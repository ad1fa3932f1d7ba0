using FileServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

try
{
    // A client starts this process in a folder of its choice. The settings come from beside the program, never from there.
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

    // Standard output is the protocol; everything else goes to standard error.
    builder.Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    builder.Services.AddMcpServer()
        .WithStdioServerTransport()
        .WithToolsFromAssembly()
        .WithPromptsFromAssembly()
        .WithResourcesFromAssembly();

    await builder.Build().RunAsync();
    return 0;
}
catch (Exception e) when (StartProblems.Of(e) is { Count: > 0 } problems)
{
    await Console.Error.WriteLineAsync("The server does not start:");
    foreach (var problem in problems)
    {
        await Console.Error.WriteLineAsync($"- {problem}");
    }

    return 1;
}
