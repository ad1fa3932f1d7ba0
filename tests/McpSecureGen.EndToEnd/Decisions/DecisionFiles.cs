using System.Text.Json;
using McpSecureGen.DecisionServer;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.Identity;
using McpSecureGen.Tests.Identity;

namespace McpSecureGen.EndToEnd.Decisions;

/// <summary>Where one server of the table keeps its audit log, its list of revoked tokens, and what its tools did.</summary>
internal sealed class DecisionFiles : IDisposable
{
    private int _auditRead;
    private int _effectsRead;

    public DecisionFiles()
    {
        Cache = Directory.CreateDirectory(Path.Combine(Security.Folder, "cache")).FullName;
        Effects = Path.Combine(Security.Folder, "effects");
        File.WriteAllText(Effects, "");
    }

    public SecurityConfiguration Security { get; } = new();

    public string Cache { get; }

    public string Effects { get; }

    public Dictionary<string, string?> Settings => new(Security.Settings)
    {
        ["McpSecurity:Authentication:Revocation:UseDistributedCache"] = "true",
        ["DecisionServer:Cache"] = Cache,
        ["DecisionServer:Effects"] = Effects,
    };

    /// <summary>The records since this was last asked.</summary>
    public JsonElement[] NewAudit()
    {
        if (!File.Exists(Security.AuditFile))
        {
            return [];
        }

        using var file = new StreamReader(new FileStream(Security.AuditFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        string[] lines = [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        JsonElement[] fresh = [.. lines.Skip(_auditRead).Select(static line => JsonElement.Parse(line)).Where(static r => r.TryGetProperty("method", out _))];
        _auditRead = lines.Length;
        return fresh;
    }

    /// <summary>A token that is good but for its revocation, stored where the server looks.</summary>
    public async Task<string> RevokedTokenAsync()
    {
        var token = Issuer.Token("read:files", change: static claims => claims["jti"] = "withdrawn");
        await new TokenRevocation(new FolderCache(Cache), TimeProvider.System).RevokeTokenAsync(TestTokens.Issuer, "withdrawn", DateTimeOffset.UtcNow.AddHours(1));
        return token;
    }

    /// <summary>What the tools did since this was last asked.</summary>
    public string[] NewEffects()
    {
        string[] lines = File.ReadAllLines(Effects);
        string[] fresh = lines[_effectsRead..];
        _effectsRead = lines.Length;
        return fresh;
    }

    public void Dispose() => Security.Dispose();
}
