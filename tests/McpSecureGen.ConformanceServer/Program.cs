using McpSecureGen;
using McpSecureGen.ConformanceServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

[assembly: DefineCapability("use:tools", Description = "Call the tools of the conformance suite.")]
[assembly: DefineCapability("use:prompts", Description = "Get the prompts of the conformance suite.")]
[assembly: DefineCapability("use:resources", Description = "Read the resources of the conformance suite.")]

// The settings come from the environment and from beside the program, wherever it is started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddDistributedMemoryCache();
builder.Services.AddSingleton<Subscriptions>();
builder.Services.AddMcpServer()
    .WithHttpTransport(static http => http.SessionMode = HttpServerSessionMode.Stateful)
    .WithDistributedCacheEventStreamStore()
    .WithTools<ContentTools>()
    .WithTools<ClientTools>()
    .WithTools<ElicitationTools>()
    .WithPrompts<Prompts>()
    .WithResources<Resources>()
    .WithRequestFilters(static filters => filters.AddCallToolFilter(Reconnection.Filter))
    .WithCompleteHandler(Completion.CompleteAsync)
    .WithSetLoggingLevelHandler(static (_, _) => ValueTask.FromResult(new ModelContextProtocol.Protocol.EmptyResult()))
    .WithSubscribeToResourcesHandler(static (request, _) => request.Services!.GetRequiredService<Subscriptions>().Add(request.Server.SessionId, request.Params.Uri))
    .WithUnsubscribeFromResourcesHandler(static (request, _) => request.Services!.GetRequiredService<Subscriptions>().Remove(request.Server.SessionId, request.Params.Uri));
builder.Services.PostConfigure<McpServerOptions>(SchemaTool.WriteSchema);

var app = builder.Build();
app.MapMcp("/mcp");
await app.RunAsync();
