using McpSecureGen.DecisionServer;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Configured by environment variables alone, as a launcher starts a stdio server.
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Configuration.AddEnvironmentVariables();
builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Critical);
builder.Services.AddSingleton(new DecisionEffects(builder.Configuration["DecisionServer:Effects"]!));
builder.Services.AddSingleton<IDistributedCache>(new FolderCache(builder.Configuration["DecisionServer:Cache"]!));
builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<DecisionTools>();
await builder.Build().RunAsync();
