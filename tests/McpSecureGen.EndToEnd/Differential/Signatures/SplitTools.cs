using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Differential.Signatures;

/// <summary>The second half of a class in two files.</summary>
internal sealed partial class SplitTools
{
    private const string Shared = "shared";

    /// <summary>The SDK's own generator writes the other half of this method, with this text as its description.</summary>
    /// <param name="value">And this text for the parameter.</param>
    [McpServerTool, Sample("""{"value":1}"""), Refused("""{"value":"1"}""", "value", "Type")]
    public partial string Half(int value) => Effect.Of([value, "second half"]);

    [McpServerTool, Sample("""{"value":1}""")]
    public string SecondFile(int value) => Effect.Of([value]);
}
