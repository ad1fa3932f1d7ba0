using McpSecureGen.Tests.Identity;
using Microsoft.Extensions.Configuration;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>A complete configuration in a folder of its own: keys, one root named <c>ws</c>, an audit file.</summary>
internal sealed class SecurityConfiguration : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mcpsec-");

    public SecurityConfiguration()
    {
        Root = _folder.CreateSubdirectory("ws").FullName;
        AuditFile = Path.Combine(_folder.FullName, "audit.jsonl");
    }

    public string Folder => _folder.FullName;

    public string Root { get; }

    public string AuditFile { get; }

    public Dictionary<string, string?> Settings => new()
    {
        ["McpSecurity:Authentication:Issuer"] = TestTokens.Issuer,
        ["McpSecurity:Authentication:Audience"] = TestTokens.Audience,
        ["McpSecurity:Authentication:Keys"] = Issuer.KeySet,
        ["McpSecurity:Roots:ws"] = Root,
        ["McpSecurity:Audit:Path"] = AuditFile,
    };

    public IConfiguration Build(Action<Dictionary<string, string?>>? change = null)
    {
        var settings = Settings;
        change?.Invoke(settings);
        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
