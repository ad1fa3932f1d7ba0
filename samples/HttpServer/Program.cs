using HttpServer;

try
{
    // The settings come from beside the program, and never from the folder it was started in.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

    // An address of this machine alone, unless a setting names another (--urls, ASPNETCORE_URLS).
    if (string.IsNullOrEmpty(builder.Configuration["urls"]))
    {
        builder.WebHost.UseUrls("http://127.0.0.1:5080");
    }

    builder.Services.AddSingleton<Notebook>();
    builder.Services.AddMcpServer(static server => server.ServerInfo = new() { Name = "notes", Title = "Notes", Version = "1.0" })
        .WithHttpTransport()
        .WithToolsFromAssembly()
        .WithPromptsFromAssembly()
        .WithResourcesFromAssembly();

    var app = builder.Build();
    app.MapMcp("/mcp");
    await app.RunAsync();
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
