using System.Reflection;
using System.Text.Json;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.SdkAlone;

namespace McpSecureGen.EndToEnd.Strictness;

/// <summary>Prompts and resources have no result with an error flag: bad input is the protocol's own error.</summary>
[Collection(SignatureCollection.Name)]
public sealed class PromptAndResourceStrictnessTests(SignatureServers servers)
{
    private const int InvalidParams = -32602;

    [Theory]
    [MemberData(nameof(SignatureCatalogue.RefusedPromptRows), MemberType = typeof(SignatureCatalogue))]
    public Task A_prompt_with_bad_arguments_is_refused(string row, int index) => RefusesAsync(row, index, (server, method, bad) =>
        server.GetAsync(SdkPrimitives.Prompt(method, server.Services).ProtocolPrompt.Name, bad));

    [Theory]
    [MemberData(nameof(SignatureCatalogue.RefusedResourceRows), MemberType = typeof(SignatureCatalogue))]
    public Task A_resource_with_bad_variables_is_refused(string row, int index) =>
        RefusesAsync(row, index, static (server, _, bad) => server.ReadAsync(bad));

    private async Task RefusesAsync(string row, int index, Func<RawServer, MethodInfo, string, Task<JsonElement>> ask)
    {
        var method = SignatureCatalogue.Find(row);
        var bad = method.GetCustomAttributes<RefusedAttribute>().ElementAt(index);
        foreach (var route in Enum.GetValues<Route>())
        {
            var server = await servers.RawAsync(route);
            server.NewAudit();
            var before = Effect.Count(method.Name);

            var answer = await ask(server, method, bad.Arguments);

            var error = answer.GetProperty("error");
            Assert.Equal(InvalidParams, error.GetProperty("code").GetInt32());
            Assert.Equal("invalid_argument", error.GetProperty("data").GetProperty("reason").GetString());
            Assert.Equal(bad.Parameter, error.GetProperty("data").GetProperty("parameter").GetString());
            Assert.Equal(bad.Rule, error.GetProperty("data").GetProperty("rule").GetString());
            Assert.Equal(before, Effect.Count(method.Name));
            Assert.Equal("refused", Assert.Single(server.NewAudit()).GetProperty("decision").GetString());
        }
    }
}
