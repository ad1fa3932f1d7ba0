using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>A server of several files, and a driver that remembers between edits.</summary>
internal sealed class IncrementalEdits
{
    public const string Files = "FileTools.cs";
    public const string Mail = "MailTools.cs";
    public const string Host = "Host.cs";
    public const string Other = "Other.cs";

    /// <summary>The steps whose outputs are models; every other step of the pipeline is a join of these.</summary>
    public static readonly string[] ModelSteps =
        [StepNames.AttributedPrimitives, StepNames.InheritedPrimitives, StepNames.Names, StepNames.Primitives, StepNames.Table, StepNames.Definitions, StepNames.Interceptions, StepNames.InterceptorsEnabled];

    public static CSharpCompilation Server() => GeneratorRun.Compilation(
        (Files, """
            namespace Server;

            public sealed record Query(string Text, [Range(1, 10)] int Count, Query? Next);

            [McpNamespace("files")]
            public sealed class FileTools
            {
                [McpServerTool, RequiresCapability("read:files")]
                public string Read([SafePath(Root = "workspace")] string path) => path + "read";

                [McpServerTool, RequiresCapability("read:files")]
                public string Search(Query query) => query.Text;
            }
            """),
        (Mail, """
            namespace Server;

            public abstract class Mailbox
            {
                [McpServerTool, RequiresCapability("net:access")]
                public virtual string Send(string to, string body = "empty") => to + body;

                [McpServerPrompt, RequiresNoCapability("Text only.")]
                public string Greeting(string name) => name;
            }

            public sealed class MailTools : Mailbox
            {
                [McpServerResource(UriTemplate = "mail://{id}"), RequiresCapability("net:access")]
                public string Mail(int id) => "";
            }
            """),
        (Host, """
            using Microsoft.Extensions.DependencyInjection;
            [assembly: DefineCapability("mail:send", Description = "Sends mail.")]
            [assembly: DefineRole("reader", "read:files")]
            internal static class Host
            {
                public static void Configure(IServiceCollection services) => services.AddMcpServer().WithToolsFromAssembly().WithPrompts<Server.MailTools>();
            }
            """),
        (Other, "namespace Server; public class Other { public int Value() => 1; }"));

    private GeneratorDriver _driver;

    public IncrementalEdits(bool track = true)
    {
        _driver = GeneratorRun.Driver(track);
        Run(Compilation = Server());
    }

    public CSharpCompilation Compilation { get; private set; }

    public GeneratorRunResult Result { get; private set; }

    public GeneratorDriver Driver => _driver;

    public IncrementalEdits Edit(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        Run(Compilation = edit(Compilation));
        return this;
    }

    public IncrementalEdits Edit(string path, string before, string after) =>
        Edit(compilation => compilation.Edit(path, text => text.Replace(before, after, StringComparison.Ordinal)));

    /// <summary>Why each output of the named step is there; joined runs of one name included.</summary>
    public IncrementalStepRunReason[] Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>The reason for each file that was (or would have been) written.</summary>
    public Dictionary<string, IncrementalStepRunReason> Outputs()
    {
        var outputs = new Dictionary<string, IncrementalStepRunReason>(StringComparer.Ordinal);
        foreach (var (value, reason) in Result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs))
        {
            foreach (var name in HintNames(value))
            {
                outputs.Add(name, reason);
            }
        }

        return outputs;
    }

    public IncrementalStepRunReason[] OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    private void Run(CSharpCompilation compilation)
    {
        _driver = _driver.RunGenerators(compilation);
        Result = _driver.GetRunResult().Results[0];
        Assert.Null(Result.Exception);
    }

    /// <summary>An output step's value is a tuple of sources and diagnostics of an internal type.</summary>
    private static IEnumerable<string> HintNames(object value)
    {
        var sources = value.GetType().GetField("Item1")!.GetValue(value);
        foreach (var source in (System.Collections.IEnumerable)sources!)
        {
            yield return (string)source.GetType().GetProperty("HintName")!.GetValue(source)!;
        }
    }
}
