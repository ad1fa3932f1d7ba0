using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;
using McpSecureGen.Tests.Identity.Revocation;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;

namespace McpSecureGen.Redis.Tests;

/// <summary>Which cache becomes the memory of what was revoked: none that the operator did not choose.</summary>
public sealed class RevocationCacheChoiceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-choice-");
    private readonly ScriptedCache _applications = new();
    private readonly ScriptedCache _own = new();

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RevokeAsync(bool useDistributedCache, bool withOwn)
    {
        var services = new ServiceCollection()
            .AddSingleton<IDistributedCache>(_applications)
            .AddMcpSecurity(
                o =>
                {
                    o.Authentication.Issuer = TestTokens.Issuer;
                    o.Authentication.Audience = TestTokens.Audience;
                    o.Authentication.Keys = new TestTokens().PublicKeySet();
                    o.Authentication.Revocation.UseDistributedCache = useDistributedCache;
                    o.Audit.Path = Path.Combine(_folder.FullName, "audit.jsonl");
                },
                typeof(RevocationCacheChoiceTests).Assembly);
        if (withOwn)
        {
            services.AddKeyedSingleton<IDistributedCache>(TokenRevocation.CacheServiceKey, _own);
        }

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<TokenRevocation>().RevokeTokenAsync("issuer", "id", DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Theory]
    [InlineData(false, false, 0, 0)]
    [InlineData(true, false, 1, 0)]
    [InlineData(false, true, 0, 1)]
    [InlineData(true, true, 0, 1)]
    public async Task Given_a_cache_of_the_application_then_it_is_used_only_when_chosen(bool useDistributedCache, bool withOwn, int inApplications, int inOwn)
    {
        await RevokeAsync(useDistributedCache, withOwn);
        Assert.Equal((inApplications, inOwn), (_applications.Keys.Count(), _own.Keys.Count()));
    }
}
