using ModelContextProtocol.Server;

namespace McpSecureGen.DecisionServer;

/// <summary>One tool that callers of the table may use, and one that is shown to none of them.</summary>
[McpServerToolType]
public sealed class DecisionTools
{
    private readonly DecisionEffects _effects;

    /// <summary>Makes them; the making is an effect as well.</summary>
    public DecisionTools(DecisionEffects effects)
    {
        _effects = effects;
        effects.Note("made");
    }

    /// <summary>For holders of read:files.</summary>
    [McpServerTool(Name = "read_note"), RequiresCapability("read:files")]
    public string ReadNote()
    {
        _effects.Note("read");
        return "note";
    }

    /// <summary>No token of the table grants it, so no list shows it.</summary>
    [McpServerTool(Name = "hidden_note"), RequiresCapability("secrets:read")]
    public string HiddenNote()
    {
        _effects.Note("hidden");
        return "hidden";
    }
}
