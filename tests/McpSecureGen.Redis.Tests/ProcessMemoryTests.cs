using System.IO.Pipelines;
using McpSecureGen.Hosting;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;
using McpSecureGen.Tests.Identity.Revocation;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.Redis.Tests;

/// <summary>A server made by <c>McpServer.Create</c> from a container without a guard: the memory in that container counts all the same.</summary>
public sealed class ProcessMemoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-process-");
    private readonly TestTokens _issuer = new();
    private readonly ScriptedCache _cache = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, AuthenticationFailure.Revoked)]
    [InlineData(false, AuthenticationFailure.None)]
    public async Task Given_a_shared_list_in_the_container_then_it_is_asked(bool isShared, AuthenticationFailure expected)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["McpSecurity:Authentication:Issuer"] = TestTokens.Issuer,
            ["McpSecurity:Authentication:Audience"] = TestTokens.Audience,
            ["McpSecurity:Authentication:Keys"] = _issuer.PublicKeySet(),
            ["McpSecurity:Audit:Path"] = Path.Combine(_folder.FullName, "audit.jsonl"),
        }).Build());
        if (isShared)
        {
            services.AddKeyedSingleton<IDistributedCache>(TokenRevocation.CacheServiceKey, _cache);
        }

        await using var provider = services.BuildServiceProvider();
        await new TokenRevocation(_cache, TimeProvider.System).RevokeTokenAsync(TestTokens.Issuer, "a", DateTimeOffset.UtcNow.AddMinutes(4));
        var pipe = new Pipe();
        await using var transport = new StreamServerTransport(pipe.Reader.AsStream(), pipe.Writer.AsStream());
        var guard = ProcessSecurity.GuardOf(typeof(ProcessMemoryTests).Assembly, provider, null, transport);
        var token = Support.ServerInstance.Token(_issuer, "a");
        var caller = await guard.Security.Callers.ResolveAsync(
            new CredentialRequest(new System.Text.Json.Nodes.JsonObject { [CallMetaCredential.MetaKey] = token }, false, null), default);
        Assert.Equal(expected, caller.Failure);
    }
}
