using McpSecureGen.SdkAlone;

namespace McpSecureGen.EndToEnd.Differential;

/// <summary>The same comparison for prompts and resources.</summary>
[Collection(SignatureCollection.Name)]
public sealed class PromptAndResourceParityTests(SignatureServers servers)
{
    public static string[] Versions => [Comparison.Old, Comparison.New];

    [Theory]
    [MemberData(nameof(SignatureCatalogue.PromptRows), MemberType = typeof(SignatureCatalogue))]
    public async Task A_prompt_is_listed_and_answers_as_by_the_SDK_alone(string row)
    {
        var method = SignatureCatalogue.Find(row);
        foreach (var version in Versions)
        {
            var alone = await servers.AloneAsync(version);
            var name = SdkPrimitives.Prompt(method, alone.Services).ProtocolPrompt.Name;
            var expected = Assert.Single(await servers.ListedAsync(alone.Client, Comparison.PromptsAsync), prompt => (string?)prompt["name"] == name);
            foreach (var route in Enum.GetValues<Route>())
            {
                var secured = (await servers.SecuredAsync(route, version)).Client;
                var listed = Assert.Single(await servers.ListedAsync(secured, Comparison.PromptsAsync), prompt => (string?)prompt["name"] == name);
                Assert.Equal(expected.ToJsonString(), listed.ToJsonString());
                foreach (var sample in SignatureCatalogue.Samples(method))
                {
                    var answer = await Comparison.GetAsync(alone.Client, name, sample);
                    Assert.StartsWith("{", answer, StringComparison.Ordinal);
                    Assert.Equal(answer, await Comparison.GetAsync(secured, name, sample));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SignatureCatalogue.ResourceRows), MemberType = typeof(SignatureCatalogue))]
    public async Task A_resource_is_listed_and_answers_as_by_the_SDK_alone(string row)
    {
        var method = SignatureCatalogue.Find(row);
        foreach (var version in Versions)
        {
            var alone = await servers.AloneAsync(version);
            var uri = SdkPrimitives.Resource(method, alone.Services).ProtocolResourceTemplate.UriTemplate;
            var expected = Assert.Single(await servers.ListedAsync(alone.Client, Comparison.ResourcesAsync), r => (string?)(r["uri"] ?? r["uriTemplate"]) == uri);
            foreach (var route in Enum.GetValues<Route>())
            {
                var secured = (await servers.SecuredAsync(route, version)).Client;
                var listed = Assert.Single(await servers.ListedAsync(secured, Comparison.ResourcesAsync), r => (string?)(r["uri"] ?? r["uriTemplate"]) == uri);
                Assert.Equal(expected.ToJsonString(), listed.ToJsonString());
                foreach (var sample in SignatureCatalogue.Samples(method))
                {
                    var answer = await Comparison.ReadAsync(alone.Client, sample);
                    Assert.StartsWith("{", answer, StringComparison.Ordinal);
                    Assert.Equal(answer, await Comparison.ReadAsync(secured, sample));
                }
            }
        }
    }
}
