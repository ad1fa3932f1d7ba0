using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpSecureGen.AspNetCore.Tests.Hosting;

#pragma warning disable MCP9004, MCP9006 // Obsolete in the SDK and still at work.

public sealed class HttpSessionGuardTests : IDisposable
{
    private static readonly TestTokens Issuer = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-http-");
    private readonly List<ServiceProvider> _providers = [];

    public void Dispose()
    {
        _providers.ForEach(static provider => provider.Dispose());
        _folder.Delete(recursive: true);
    }

    private HttpServerTransportOptions Options(Action<IServiceCollection>? more = null, bool secured = true)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["McpSecurity:Authentication:Issuer"] = TestTokens.Issuer,
            ["McpSecurity:Authentication:Audience"] = TestTokens.Audience,
            ["McpSecurity:Authentication:Keys"] = Issuer.PublicKeySet(),
            ["McpSecurity:Audit:Path"] = Path.Combine(_folder.FullName, $"{_providers.Count}.jsonl"),
        }).Build());
        services.AddMcpServer().WithHttpTransport();
        if (secured)
        {
            services.AddMcpSecurity(hostAssembly: typeof(HttpSessionGuardTests).Assembly);
        }

        services.AddMcpSecurityHttp();
        more?.Invoke(services);
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider.GetRequiredService<IOptions<HttpServerTransportOptions>>().Value;
    }

    private static Task Open(HttpServerTransportOptions options, McpServerOptions server) =>
        options.ConfigureSessionOptions!(new DefaultHttpContext(), server, CancellationToken.None);

    private static void AddRaw(McpServerOptions server) =>
        server.ToolCollection = [McpServerTool.Create(static () => "raw", new() { Name = "raw" })];

    [Fact]
    public void Server_without_a_session_callback_gets_none() => Assert.Null(Options().ConfigureSessionOptions);

    [Fact]
    public async Task Callback_runs_first_and_the_guard_secures_what_it_left()
    {
        HttpContext? seen = null;
        var options = Options(services => services.Configure<HttpServerTransportOptions>(http => http.ConfigureSessionOptions = (context, server, _) =>
        {
            seen = context;
            server.ServerInstructions = "per session";
            return Task.CompletedTask;
        }));
        var session = new McpServerOptions();

        await Open(options, session);

        Assert.NotNull(seen);
        Assert.Equal("per session", session.ServerInstructions);
        Assert.Single(session.Filters.Request.CallToolFilters);
        Assert.Single(session.Filters.Request.ListToolsFilters);
    }

    [Fact]
    public async Task Raw_tool_of_a_callback_is_refused_by_name()
    {
        var options = Options(static services => services.Configure<HttpServerTransportOptions>(static http => http.ConfigureSessionOptions = static (_, server, _) =>
        {
            AddRaw(server);
            server.Filters.Request.CallToolFilters.Clear();
            return Task.CompletedTask;
        }));

        var refusal = await Assert.ThrowsAsync<McpSecurityConfigurationException>(() => Open(options, new McpServerOptions()));

        Assert.Contains("'raw'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Raw_tool_that_a_callback_adds_after_a_while_is_refused(bool combined)
    {
        var options = Options(services => services.Configure<HttpServerTransportOptions>(http =>
        {
            http.ConfigureSessionOptions = static async (_, server, cancellationToken) =>
            {
                await Task.Delay(50, cancellationToken);
                AddRaw(server);
            };
            if (combined)
            {
                http.ConfigureSessionOptions += static (_, _, _) => Task.CompletedTask;
            }
        }));

        await Assert.ThrowsAsync<McpSecurityConfigurationException>(() => Open(options, new McpServerOptions()));
    }

    [Fact]
    public async Task Callback_of_a_later_post_configure_is_guarded_too()
    {
        var options = Options(static services => services.PostConfigure<HttpServerTransportOptions>(static http => http.ConfigureSessionOptions = static (_, server, _) =>
        {
            AddRaw(server);
            return Task.CompletedTask;
        }));

        await Assert.ThrowsAsync<McpSecurityConfigurationException>(() => Open(options, new McpServerOptions()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Callback_combined_with_a_guarded_one_is_guarded_as_a_whole(bool after)
    {
        var options = Options(services => services
            .Configure<HttpServerTransportOptions>(static http => http.ConfigureSessionOptions = static (_, _, _) => Task.CompletedTask)
            .PostConfigure<HttpServerTransportOptions>(http =>
            {
                Func<HttpContext, McpServerOptions, CancellationToken, Task> late = static async (_, server, cancellationToken) =>
                {
                    await Task.Delay(50, cancellationToken);
                    AddRaw(server);
                };
                http.ConfigureSessionOptions = after ? http.ConfigureSessionOptions + late : late + http.ConfigureSessionOptions;
            }));

        await Assert.ThrowsAsync<McpSecurityConfigurationException>(() => Open(options, new McpServerOptions()));
    }

    [Fact]
    public async Task Callback_is_wrapped_once_and_runs_once()
    {
        var runs = 0;
        var options = Options(services => services.AddMcpSecurityHttp().Configure<HttpServerTransportOptions>(http => http.ConfigureSessionOptions = (_, _, _) =>
        {
            runs++;
            return Task.CompletedTask;
        }));
        var guarded = options.ConfigureSessionOptions;

        var guard = new HttpSessionGuard(_providers[0]);
        guard.PostConfigure("another name", options);
        guard.Validate("another name", options);
        await Open(options, new McpServerOptions());

        Assert.Same(guarded, options.ConfigureSessionOptions);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Failure_of_a_callback_opens_no_session()
    {
        var options = Options(static services => services.Configure<HttpServerTransportOptions>(
            static http => http.ConfigureSessionOptions = static (_, _, _) => throw new TimeoutException()));

        await Assert.ThrowsAsync<TimeoutException>(() => Open(options, new McpServerOptions()));
    }

    [Fact]
    public void Transport_settings_under_which_messages_share_a_stream_do_not_stop_the_start()
    {
        var options = Options(static services => services.Configure<HttpServerTransportOptions>(static http =>
            (http.Stateless, http.EnableLegacySse, http.PerSessionExecutionContext) = (false, true, true)));

        Assert.True(options.EnableLegacySse && options.PerSessionExecutionContext);
    }

    [Fact]
    public void Run_of_a_session_is_wrapped_once()
    {
#pragma warning disable MCPEXP002 // Experimental in the SDK.
        var options = Options();
        var run = options.RunSessionHandler;

        new HttpSessionGuard(_providers[0]).Validate("another name", options);

        Assert.True(OwnedSessionRun.Notes(run));
        Assert.Same(run, options.RunSessionHandler);
#pragma warning restore MCPEXP002
    }

    [Fact]
    public void Transport_part_without_the_guard_stops_the_start_and_names_the_remedy() =>
        Assert.Contains("AddMcpSecurity()", Assert.Throws<OptionsValidationException>(() => Options(secured: false)).Message, StringComparison.Ordinal);

    [Fact]
    public void Installing_twice_installs_once()
    {
        var services = new ServiceCollection();
        services.AddMcpSecurityHttp().AddMcpSecurityHttp();
        InterceptedHttpCalls.WithHttpTransport(services.AddMcpServer());

        Assert.Single(services, static d => d.ImplementationType == typeof(AuthorizationHeaderCredential));
        Assert.Single(services, static d => d.ServiceType == typeof(IHttpContextAccessor));
        Assert.Equal(2, services.Count(static d => d.ImplementationType == typeof(HttpSessionGuard)));
    }
}
