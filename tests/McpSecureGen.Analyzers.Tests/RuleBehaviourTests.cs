using System.Collections.Immutable;
using McpSecureGen.Analyzers.Rules;
using McpSecureGen.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace McpSecureGen.Analyzers.Tests;

/// <summary>What holds for all rules at once.</summary>
public sealed class RuleBehaviourTests
{
    private const string Everything = """
        using System;
        using System.Collections.Generic;
        using System.ComponentModel.DataAnnotations;
        using System.Threading.Tasks;
        using McpSecureGen;
        using ModelContextProtocol.Server;
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.IdentityModel.Tokens;

        [assembly: DefineCapability("play:chess", Implies = new[] { "read:file", "Bad" })]
        [assembly: DefineRole("Player", "play:ches", "read:files")]
        [assembly: DefineRole("Player", Namespaces = [""])]
        [assembly: DefineRole(" ")]

        IServiceCollection services = new ServiceCollection();
        services.AddMcpServer(o => o.Handlers.CallToolHandler = (a, b) => default).WithTools<Tools>().WithTools<More>();
        Func<IServiceCollection, Action<McpServerOptions>?, IMcpServerBuilder> add = McpServerServiceCollectionExtensions.AddMcpServer;
        _ = McpServerTool.Create((int a) => a);
        _ = McpServerTool.Create(Tools.Shared);
        IEndpointRouteBuilder app = null!;
        var group = app.MapGroup("/").RequireHost("localhost");
        group.MapMcp("/mcp").AllowAnonymous().WithMetadata(new AllowAnonymousAttribute());
        ((IWebHostBuilder)null!).UseUrls("http://*:80");
        Func<int> lambda = [RequiresNoCapability("a")] () => 1;
        _ = new TokenValidationParameters
        {
            ValidateIssuer = false, ClockSkew = TimeSpan.FromDays(1), ValidAlgorithms = ["none"], LifetimeValidator = (a, b, c, d) => true,
            SignatureValidator = Unchecked.Read,
        };

        static class Unchecked { public static SecurityToken Read(string token, TokenValidationParameters parameters) { return null!; } }
        interface IPlain { [RequiresCapability("read:files")] void Plain(); }
        [RequiresCapability("read:files", "Bad", "read:file")]
        public partial class Tools : Base<int>
        {
            [McpServerTool] public static int Shared() => 1;
            [McpServerTool, RequiresNoCapability(" ")] private string Read([SafePath] int path, [Range(5, 1), StringLength(2)] string text, Order order) => text;
            [McpServerTool(Name = "read")] public override string Virtual<T>(ref T value, params List<Order?>[] more) => "";
            [McpServerPrompt] public partial string Partial(string a);
            public partial string Partial([MaxLength(-1)] string a) { [McpServerTool] string Local() => a; return Local(); }
            private class Hidden;
            [McpServerResource(UriTemplate = "a://{b}")] string Resource(Hidden b) => "";
            [McpServerResource(UriTemplate = "a:///{+rest}")] string Rest(string rest, [RegularExpression("^(a+)+$|b")] string word, IEnumerable<string> names, Inner inner) =>
                System.IO.File.ReadAllText(word is { Length: 1 } w ? $"/data/{w}" : inner.Path + System.Text.RegularExpressions.Regex.Replace(word, rest, ""));
            public record Inner(string Path, List<string[]> Urls);
        }

        [AllowAnonymous] public class More { [McpServerTool] public string Read() => ""; }
        public abstract class Base<T> { [McpServerTool] public virtual string Virtual<U>(ref U value, params List<Order?>[] more) => ""; }
        public sealed record Order([Length(5, 1)] string Name, Order? Parent) { [AllowedValues(1, "a")] public int Kind { get; init; } }
        """;

    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules =
    [
        .. typeof(SecurityRule).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(SecurityRule)))
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    [Fact]
    public async Task Given_source_with_every_mistake_Every_rule_reports()
    {
        var reported = (await Run(Everything, mcp: true)).Select(d => d.Id).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(Rules.SelectMany(r => r.SupportedDiagnostics).Select(d => d.Id).Distinct().Order(StringComparer.Ordinal), reported);
    }

    [Fact]
    public async Task Given_project_without_MCP_No_rule_reports() => Assert.Empty(await Run(Everything, mcp: false));

    /// <summary>Half-typed code is the normal state of an editor: no rule may throw on it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Given_source_with_tokens_missing_No_rule_throws(int seed)
    {
        var random = new Random(seed);
        var tokens = CSharpSyntaxTree.ParseText(Everything).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0).ToArray();
        for (var round = 0; round < 25; round++)
        {
            var token = tokens[random.Next(tokens.Length)];
            var findings = await Run(Everything.Remove(token.SpanStart, token.Span.Length), mcp: true);
            Assert.DoesNotContain(findings, d => d.Id == "AD0001");
        }
    }

    private static async Task<ImmutableArray<Diagnostic>> Run(string source, bool mcp)
    {
        var compilation = CSharpCompilation.Create(
            "Test",
            [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), "/0/Test.cs")],
            mcp ? [.. References.Framework, .. References.Sdk, .. References.Web, References.Own] : [.. References.Framework, References.Own],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return await compilation.WithAnalyzers(Rules).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}
