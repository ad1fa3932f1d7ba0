using McpSecureGen.EndToEnd.Support;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.HostileInput.Output;

/// <summary>A resource that gives everybody the same object.</summary>
[McpNamespace("output"), RequiresCapability("read:files")]
internal sealed class KeptNotes(Effects effects)
{
    private static readonly ReadResourceResult Kept = new() { Contents = [new TextResourceContents { Uri = "notes://a~b", Text = "kept" }] };

    [McpServerResource(UriTemplate = "notes://{key}")]
    public ReadResourceResult Note(string key)
    {
        effects.Note(key);
        return Kept;
    }
}
