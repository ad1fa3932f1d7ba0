using McpSecureGen.Redis.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

if (args is ["limit", ..])
{
    return await Limiting.RunAsync(args[1..]);
}

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
builder.Logging.AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddSingleton<Counter>();
builder.Services.AddMcpSecurityRedis();
builder.Services.AddMcpServer().WithStdioServerTransport().WithToolsFromAssembly();
await builder.Build().RunAsync();
return 0;
