using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>
/// Route 24: the session callback of the HTTP transport, which runs after the options were made and checked. Here the transport is added by a
/// method group, so no interceptor wraps the callback; such a server must not start, because the callback could undo the guard on every request.
/// </summary>
public sealed class HttpOptionsRouteTests
{
    public static TheoryData<string, bool, Action<McpServerOptions>> Changes
    {
        get
        {
            var data = new TheoryData<string, bool, Action<McpServerOptions>>();
            foreach (var stateless in new[] { true, false })
            {
                data.Add("nothing", stateless, static _ => { });
                data.Add("raw tool added", stateless, static o => (o.ToolCollection ??= []).Add(Raw()));
                data.Add("collection replaced", stateless, static o => o.ToolCollection = [Raw()]);
                data.Add("filters and collection replaced", stateless, static o =>
                {
                    o.Filters = new McpServerFilters();
                    o.ToolCollection = [Raw()];
                });
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public async Task Given_an_http_transport_that_nothing_secures_then_the_server_does_not_start(
        string change, bool stateless, Action<McpServerOptions> apply)
    {
        Assert.NotEmpty(change);
        var builder = WebApplication.CreateSlimBuilder();
        using var security = new SecurityConfiguration();
        builder.Services.AddSingleton(security.Build());
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Func<IMcpServerBuilder, Action<HttpServerTransportOptions>?, IMcpServerBuilder> withHttp = HttpMcpServerBuilderExtensions.WithHttpTransport;
        withHttp(builder.Services.AddMcpServer().WithTools<ReadingHeir>(), http =>
        {
            http.Stateless = stateless;
            http.ConfigureSessionOptions = (_, options, _) =>
            {
                apply(options);
                return Task.CompletedTask;
            };
        });
        await using var app = builder.Build();
        app.MapMcp();

        await Ends.InNoStartAsync(() => app.StartAsync(), "HTTP transport", "McpSecureGen.AspNetCore");
    }

    private static McpServerTool Raw() => McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!);
}
