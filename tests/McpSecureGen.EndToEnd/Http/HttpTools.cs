using McpSecureGen.EndToEnd.Support;
using Microsoft.AspNetCore.Authorization;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Http;

/// <summary>Tools that tell what they do; a new object per call.</summary>
public sealed class NoteTools : IDisposable
{
    private readonly Effects _effects;

    public NoteTools(Effects effects)
    {
        _effects = effects;
        effects.Note("made");
    }

    [McpServerTool, RequiresCapability("read:files")]
    public string ReadNote(string name)
    {
        _effects.Note("read");
        return $"note {name}";
    }

    [McpServerTool, RequiresCapability("write:files")]
    public string WriteNote(string name)
    {
        _effects.Note("written");
        return $"wrote {name}";
    }

    [McpServerTool, RequiresNoCapability("Says nothing about anyone.")]
    public string Ping()
    {
        _effects.Note("ping");
        return "pong";
    }

    public void Dispose() => _effects.Note("disposed");
}

/// <summary>A good tool that no server registers at its start.</summary>
public sealed class LateTools(Effects effects)
{
    [McpServerTool(Name = "late_tool"), RequiresCapability("write:files")]
    public string Late()
    {
        effects.Note("late");
        return "late";
    }
}

/// <summary>Tools that ask for ASP.NET Core's authorization besides.</summary>
public sealed class AuthorizedTools(Effects effects)
{
    [McpServerTool, RequiresCapability("read:files"), Authorize]
    public string ForSignedIn()
    {
        effects.Note("signed in");
        return "signed in";
    }

    [McpServerTool, RequiresCapability("read:files"), Authorize(Roles = "admin")]
    public string ForAdmins()
    {
        effects.Note("admin");
        return "admin";
    }

    [McpServerTool, RequiresCapability("read:files")]
    public string ForAll()
    {
        effects.Note("all");
        return "all";
    }
}
