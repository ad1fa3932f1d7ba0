using System.Text.Json.Nodes;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.SdkAlone;

namespace McpSecureGen.EndToEnd.Parity;

/// <summary>Structured content and its schema, in the list and in the call, on every protocol version.</summary>
[Collection(SignatureCollection.Name)]
public sealed class StructuredContentTests(SignatureServers servers)
{
    public static TheoryData<string, Route> Rows
    {
        get
        {
            var rows = new TheoryData<string, Route>();
            foreach (var version in Comparison.AllVersions)
            {
                rows.Add(version, Route.Direct);
                rows.Add(version, Route.Fallback);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task List_and_call_have_the_shape_of_the_SDK_alone(string version, Route route)
    {
        var alone = await servers.AloneAsync(version);
        var secured = await servers.SecuredAsync(route, version);
        Assert.Equal(version, secured.Client.NegotiatedProtocolVersion);
        var expected = await Comparison.ToolsAsync(alone.Client);
        var listed = await Comparison.ToolsAsync(secured.Client);
        foreach (var method in SignatureCatalogue.Tools.Where(static m => m.DeclaringType == typeof(StructuredTools)))
        {
            var name = SdkPrimitives.Tool(method, alone.Services).ProtocolTool.Name;
            Assert.Equal(SchemaOf(expected, name), SchemaOf(listed, name));
            foreach (var sample in SignatureCatalogue.Samples(method))
            {
                Assert.Equal(await Comparison.CallAsync(alone.Client, name, sample), await Comparison.CallAsync(secured.Client, name, sample));
            }
        }
    }

    private static string? SchemaOf(JsonObject[] tools, string name) =>
        Assert.Single(tools, tool => (string?)tool["name"] == name)["outputSchema"]?.ToJsonString();
}
