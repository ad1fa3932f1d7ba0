using System.Reflection;
using System.Runtime.CompilerServices;

namespace McpSecureGen.Analyzers.Tests.Generator;

/// <summary>What the generator writes, for readers. The matrix proves that it compiles; the end-to-end tests prove what it does.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Static_tool() => Verify("McpSecureGen.Clock_Now", """
        [McpNamespace("time")]
        public static class Clock
        {
            [McpServerTool, RequiresNoCapability("The time is no secret.")]
            public static string Now(string zone = "UTC") => zone;
        }
        """);

    [Fact]
    public void Instance_tool_with_path() => Verify("McpSecureGen.FileTools_ReadFile", """
        [McpServerToolType, McpNamespace("files")]
        public sealed class FileTools(IServiceProvider services)
        {
            [McpServerTool(ReadOnly = true), Description("Reads a text file of the workspace.")]
            [RequiresCapability("read:files")]
            public Task<string> ReadFile(
                [SafePath(Root = "workspace", Extensions = [".txt"])] string path,
                [Range(1, 10_485_760)] int maxBytes = 1_048_576,
                CancellationToken ct = default) => Task.FromResult(path + services);
        }
        """);

    [Fact]
    public void Complex_record() => Verify("McpSecureGen.OrderTools_Place", """
        public enum Priority { Low, High }
        public sealed record Item([StringLength(40)] string Sku, [Range(1, 99)] int Count);
        public sealed record Order(string Customer, Priority Priority, List<Item> Items, [SafePath(Root = "invoices")] string? Invoice);
        public sealed class OrderTools
        {
            [McpServerTool, RequiresCapability("db:access")]
            public int Place(Order order, Priority? fallback = Priority.Low) => 1;
        }
        """);

    [Fact]
    public void Sensitive_members() => Verify("McpSecureGen.AccountTools_Login", """
        public sealed class Credentials { public string User { get; set; } = ""; [Sensitive] public string Password { get; set; } = ""; }
        public sealed class AccountTools
        {
            [McpServerTool, RequiresCapability("net:access")]
            [return: Sensitive]
            public string Login(Credentials credentials, [Sensitive, StringLength(6)] string code) => "";
        }
        """);

    [Fact]
    public void Limits() => Verify("McpSecureGen.MailTools_Send", """
        [RequiresCapability("net:access"), MaxOutput(4_000), RateLimit(100, 3_600), RequiresConfirmation("Do it?")]
        public sealed class MailTools
        {
            [McpServerTool, RateLimit(5, 60), Timeout(2.5), RequiresConfirmation("Send \"it\"?")]
            [return: Sensitive]
            public string Send(string to) => to;

            [McpServerPrompt]
            public string Draft() => "";
        }
        """);

    [Fact]
    public void Prompt() => Verify("McpSecureGen.Prompts_Review", """
        public sealed class Prompts
        {
            [McpServerPrompt, RequiresNoCapability("Text only.")]
            public string Review([SafeText(MaxLength = 4000)] string code, [AllowedValues("short", "long")] string style = "short") => code + style;
        }
        """);

    [Fact]
    public void Resource_template() => Verify("McpSecureGen.Notes_Note", """
        public sealed class Notes
        {
            [McpServerResource(UriTemplate = "note://{id}/{section}"), RequiresCapability("read:files")]
            public ValueTask<string> Note(int id, string section) => new(section + id);
        }
        """);

    [Fact]
    public void Private_method_through_an_accessor() => Verify("McpSecureGen.Vault_Open", """
        public sealed class Vault
        {
            [McpServerTool, RequiresCapability("secrets:read")]
            private string Open(string name) => name;
        }
        """);

    [Fact]
    public void Inherited_from_a_generic_base() => Verify("McpSecureGen.Users_Find", """
        public sealed record User(string Name);
        public abstract class Repository<T> where T : class
        {
            [McpServerTool]
            public T? Find(T example) => example;
        }
        [RequiresCapability("db:access")]
        public sealed class Users : Repository<User>;
        """);

    [Fact]
    public void Fallback_of_a_generic_class() => Verify("McpSecureGen.Cache_Get", """
        public sealed class Cache<T>
        {
            [McpServerTool, RequiresCapability("db:access")]
            public string Get(string key, int version = 1) => key + typeof(T) + version;
        }
        """);

    [Fact]
    public void Table_with_definitions() => Verify("McpSecureGen.SecuredPrimitives", """
        [assembly: DefineCapability("mail:send", Description = "Sends \"mail\".", Implies = ["net:access"])]
        [assembly: DefineRole("clerk", "mail:send", "read:files", Namespaces = ["mail"])]
        public sealed class Mail
        {
            [McpServerTool, RequiresCapability("mail:send")] public void Send(string to) { }
            [McpServerTool, RequiresCapability("mail:send")] public void Send(string to, string body) { }
            [McpServerPrompt, RequiresNoCapability("Text only.")] public string Greeting() => "";
            [McpServerResource(UriTemplate = "mail://inbox"), RequiresCapability("read:files")] public string Inbox() => "";
        }
        """);

    [Fact]
    public void Interceptors() => Verify("McpSecureGen.Interceptors", """
        using Microsoft.Extensions.DependencyInjection;
        public sealed class Tools { [McpServerTool, RequiresNoCapability("None.")] public string Ping() => ""; }
        public static class Host
        {
            public static void Configure(IServiceCollection services)
            {
                services.AddMcpServer().WithTools<Tools>().WithToolsFromAssembly();
                services.AddMcpServer(options => { }).WithTools(new Tools());
                McpServerTool.Create(typeof(Tools).GetMethod("Ping")!, new Tools());
            }
        }
        """);

    [Fact]
    public void Keyword_and_unicode_names() => Verify("McpSecureGen.class_größe", """
        namespace @namespace;
        public sealed record @event(string @string, [property: SafePath(Root = "w")] string 数);
        public sealed class @class
        {
            [McpServerTool, RequiresCapability("read:files")]
            public string größe(@event @params, string @ref = "\"\u202e\n", int call = 1, string arguments = "") => "";
        }
        """);

    [Fact]
    public void No_snapshot_outlives_its_test() => Assert.All(
        Directory.GetFiles(Folder(), "*.verified.cs"),
        file => Assert.Contains(Path.GetFileName(file).Split('#')[0], typeof(SnapshotTests).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(m => $"{nameof(SnapshotTests)}.{m.Name}")));

    [Fact]
    public void No_snapshot_names_a_place_on_this_machine() => Assert.All(
        Directory.GetFiles(Folder(), "*.verified.cs").Select(File.ReadAllText),
        text => Assert.DoesNotContain(Folder(), text, StringComparison.Ordinal));

    private static void Verify(string hint, string source, [CallerMemberName] string name = "")
    {
        var compilation = GeneratorRun.Compilation(source);
        GeneratorRun.Complete(compilation);
        Snapshots.Match(GeneratorRun.Texts(compilation), hint, Path.Combine(Folder(), $"{nameof(SnapshotTests)}.{name}"));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
