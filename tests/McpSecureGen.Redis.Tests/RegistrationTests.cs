using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Redis.Tests;

public sealed class RegistrationTests
{
    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static s => new KeyValuePair<string, string?>("McpSecurity:Redis:" + s.Key, s.Value))).Build())
        .AddDistributedMemoryCache()
        .AddMcpSecurityRedis()
        .AddMcpSecurityRedis()
        .BuildServiceProvider();

    [Fact]
    public async Task Given_an_application_with_a_cache_of_its_own_then_it_keeps_it()
    {
        await using var services = Services(("Configuration", "127.0.0.1:1"));
        Assert.IsType<MemoryDistributedCache>(services.GetRequiredService<IDistributedCache>());
        Assert.IsNotType<MemoryDistributedCache>(services.GetRequiredKeyedService<IDistributedCache>(TokenRevocation.CacheServiceKey));
        Assert.Single(services.GetServices<IReplayCache>());
    }

    [Theory]
    [InlineData("Configuration", "")]
    [InlineData("KeyPrefix", "a b")]
    [InlineData("Timeout", "00:00:03")]
    [InlineData("Timeout", "soon")]
    public void Given_a_wrong_setting_then_it_is_named_and_nothing_starts(string setting, string value)
    {
        using var services = setting == "Configuration" ? Services((setting, value)) : Services(("Configuration", "127.0.0.1:1"), (setting, value));
        Assert.Contains(
            $"McpSecurity:Redis:{setting}",
            Assert.Throws<McpSecurityConfigurationException>(() => services.GetRequiredService<IReplayCache>()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Given_an_address_that_cannot_be_read_then_its_password_is_not_repeated()
    {
        using var services = Services(("Configuration", "host:1,password=hunter2,connectTimeout=abc"));
        var message = Assert.Throws<McpSecurityConfigurationException>(() => services.GetRequiredService<IReplayCache>()).ToString();
        Assert.Contains("McpSecurity:Redis:Configuration", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }
}
