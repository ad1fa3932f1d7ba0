using System.Text.Json.Nodes;
using McpSecureGen.SdkAlone;

namespace McpSecureGen.EndToEnd.Differential;

/// <summary>Every tool signature, secured and by the SDK alone: the same name, description, annotations and schema, and the same result on good input.</summary>
[Collection(SignatureCollection.Name)]
public sealed class ToolParityTests(SignatureServers servers)
{
    [Fact]
    public void The_matrix_covers_at_least_sixty_signatures_and_every_one_has_a_sample()
    {
        Assert.True(SignatureCatalogue.Tools.Length >= 60, $"{SignatureCatalogue.Tools.Length} tools");
        Assert.All(
            SignatureCatalogue.Tools.Concat(SignatureCatalogue.Prompts).Concat(SignatureCatalogue.Resources),
            static method => Assert.NotEmpty(SignatureCatalogue.Samples(method)));
    }

    [Theory]
    [MemberData(nameof(SignatureCatalogue.ToolRows), MemberType = typeof(SignatureCatalogue))]
    public async Task A_tool_is_listed_and_answers_as_by_the_SDK_alone(string row)
    {
        var method = SignatureCatalogue.Find(row);
        foreach (var version in (string[])[Comparison.Old, Comparison.New])
        {
            var alone = await servers.AloneAsync(version);
            var name = SdkPrimitives.Tool(method, alone.Services).ProtocolTool.Name;
            var expected = Assert.Single(await servers.ListedAsync(alone.Client, Comparison.ToolsAsync), tool => (string?)tool["name"] == name);
            foreach (var route in Enum.GetValues<Route>())
            {
                var secured = (await servers.SecuredAsync(route, version)).Client;
                var listed = Assert.Single(await servers.ListedAsync(secured, Comparison.ToolsAsync), tool => (string?)tool["name"] == name);
                Assert.Equal(expected.ToJsonString(), Comparison.Loosened((JsonObject)listed.DeepClone(), expected).ToJsonString());
                foreach (var sample in SignatureCatalogue.Samples(method))
                {
                    Assert.Equal(await Comparison.CallAsync(alone.Client, name, sample), await Comparison.CallAsync(secured, name, sample));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SignatureCatalogue.ToolRows), MemberType = typeof(SignatureCatalogue))]
    public async Task The_samples_are_good_input_for_the_SDK_itself(string row)
    {
        var method = SignatureCatalogue.Find(row);
        var alone = await servers.AloneAsync(Comparison.New);
        var name = SdkPrimitives.Tool(method, alone.Services).ProtocolTool.Name;
        foreach (var sample in SignatureCatalogue.Samples(method))
        {
            Assert.DoesNotContain("An error occurred", await Comparison.CallAsync(alone.Client, name, sample), StringComparison.Ordinal);
        }
    }
}
