using System.Reflection;
using System.Text.Json;
using McpSecureGen.EndToEnd.Differential;
using McpSecureGen.EndToEnd.Differential.Signatures;
using McpSecureGen.SdkAlone;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Strictness;

/// <summary>A confined path arrives canonical or not at all, wherever in the arguments it stands.</summary>
public sealed class ConfinedPathTests
{
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.Static;

    public static TheoryData<string, Route> Tools => Rows(typeof(PathTools));

    public static TheoryData<string, Route> Resources => Rows(typeof(PathResources));

    [Theory]
    [MemberData(nameof(Tools))]
    public async Task A_path_argument_arrives_canonical_or_is_refused(string name, Route route)
    {
        await using var server = await StartAsync(route);
        var method = typeof(PathTools).GetMethod(name, Statics)!;
        var tool = SdkPrimitives.Tool(method, server.Services).ProtocolTool.Name;
        var canonical = CreateFile(server);
        foreach (var sample in SignatureCatalogue.Samples(method))
        {
            var text = (await server.CallAsync(tool, sample.Replace("PATH", "file.txt", StringComparison.Ordinal)))
                .GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
            Assert.DoesNotContain("..", text, StringComparison.Ordinal);
            Assert.Equal(
                sample.Split("PATH").Length - 1,
                text.Split(JsonSerializer.Serialize(canonical)).Length - 1);
        }

        foreach (var bad in method.GetCustomAttributes<RefusedAttribute>())
        {
            server.NewAudit();
            var before = Effect.Count(name);
            var result = (await server.CallAsync(tool, bad.Arguments.Replace("PATH", "file.txt", StringComparison.Ordinal))).GetProperty("result");
            Assert.True(result.GetProperty("isError").GetBoolean());
            var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
            Assert.StartsWith($"Invalid argument '{bad.Parameter}'", text, StringComparison.Ordinal);
            Assert.EndsWith($"(rule {bad.Rule}).", text, StringComparison.Ordinal);
            Assert.DoesNotContain(server.Root, text, StringComparison.Ordinal);
            Assert.Equal(before, Effect.Count(name));
            Assert.Equal(bad.Parameter, Assert.Single(server.NewAudit()).GetProperty("parameter").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task A_path_variable_is_decoded_once_and_arrives_canonical_or_is_refused(string name, Route route)
    {
        await using var server = await StartAsync(route);
        var method = typeof(PathResources).GetMethod(name, Statics)!;
        var canonical = CreateFile(server);
        foreach (var sample in SignatureCatalogue.Samples(method))
        {
            var answer = await server.ReadAsync(sample.Replace("PATH", "file.txt", StringComparison.Ordinal));
            var text = answer.GetProperty("result").GetProperty("contents")[0].GetProperty("text").GetString()!;
            Assert.Contains(JsonSerializer.Serialize(sample.Contains("PATH", StringComparison.Ordinal) ? canonical : "a%2Fb"), text, StringComparison.Ordinal);
        }

        foreach (var bad in method.GetCustomAttributes<RefusedAttribute>())
        {
            server.NewAudit();
            var before = Effect.Count(name);
            var error = (await server.ReadAsync(bad.Arguments.Replace("PATH", "file.txt", StringComparison.Ordinal))).GetProperty("error");
            Assert.Equal(-32602, error.GetProperty("code").GetInt32());
            Assert.Equal(bad.Rule, error.GetProperty("data").GetProperty("rule").GetString());
            Assert.Equal(bad.Parameter, error.GetProperty("data").GetProperty("parameter").GetString());
            Assert.Equal(before, Effect.Count(name));
            Assert.Equal("refused", Assert.Single(server.NewAudit()).GetProperty("decision").GetString());
        }
    }

    private static string CreateFile(RawServer server)
    {
        Directory.CreateDirectory(Path.Combine(server.Root, "a"));
        File.WriteAllText(Path.Combine(server.Root, "file.txt"), "inside");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(server.Root)!, "file.txt"), "outside");
        return Path.Combine(server.Root, "file.txt");
    }

    private static Task<RawServer> StartAsync(Route route) => RawServer.StartAsync(builder =>
    {
        IEnumerable<Type> tools = [typeof(PathTools)];
        IEnumerable<Type> resources = [typeof(PathResources)];
        if (route == Route.Direct)
        {
            builder.WithTools(tools).WithResources(resources);
            return;
        }

        foreach (var method in typeof(PathTools).GetMethods(Statics).Where(static m => m.IsDefined(typeof(McpServerToolAttribute))))
        {
            builder.Services.AddSingleton(provider => SdkPrimitives.Tool(method, provider));
        }

        foreach (var method in typeof(PathResources).GetMethods(Statics).Where(static m => m.IsDefined(typeof(McpServerResourceAttribute))))
        {
            builder.Services.AddSingleton(provider => SdkPrimitives.Resource(method, provider));
        }
    });

    private static TheoryData<string, Route> Rows(Type type)
    {
        var rows = new TheoryData<string, Route>();
        foreach (var method in type.GetMethods(Statics).Where(static m => m.IsDefined(typeof(SampleAttribute))))
        {
            rows.Add(method.Name, Route.Direct);
            rows.Add(method.Name, Route.Fallback);
        }

        return rows;
    }
}
