using McpSecureGen.Analyzers.Rules;
using McpSecureGen.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC2002UnconfinedInputAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC2002Tests
{
    [Theory]
    [InlineData("File.ReadAllText(p)")]
    [InlineData("File.ReadAllText(Path.Combine(\"/data\", p))")]
    [InlineData("File.ReadAllText($\"/data/{p}.txt\")")]
    [InlineData("File.ReadAllText(\"/data/\" + p.Trim())")]
    [InlineData("Inner(p)")]
    [InlineData("string.Concat(Deep(p))")]
    [InlineData("new StreamReader(p).ReadToEnd()")]
    [InlineData("new FileInfo(p).Name")]
    [InlineData("string.Join(\"\", new[] { p }.Select(x => File.ReadAllText(x)))")]
    [InlineData("p is { Length: > 0 } q ? File.ReadAllText(q) : \"\"")]
    [InlineData("Directory.EnumerateFiles(p ?? \".\").First()")]
    public Task Given_text_used_as_a_path_Triggers(string expression) => Check(
        Tool("string {|#0:p|}", expression), Found("p", "SafePath"));

    [Theory]
    [InlineData("client.GetStringAsync(p).Result")]
    [InlineData("client.GetStringAsync(new Uri(p)).Result")]
    [InlineData("client.GetStringAsync($\"https://{p}/items\").Result")]
    [InlineData("client.GetStringAsync($\"https://api.example.com{p}\").Result")]
    [InlineData("Uri.TryCreate(p, UriKind.Absolute, out var u) ? client.GetStringAsync(u).Result : \"\"")]
    [InlineData("new HttpRequestMessage(HttpMethod.Get, p).ToString()")]
    [InlineData("new HttpRequestMessage { RequestUri = new Uri(p) }.ToString()")]
    [InlineData("client.GetStringAsync(string.Format(\"{0}/items\", p)).Result")]
    public Task Given_text_used_as_a_URL_Triggers(string expression) => Check(
        Tool("string {|#0:p|}", expression), Found("p", "SafeUrl"));

    [Theory]
    [InlineData("client.GetStringAsync($\"https://api.example.com/items/{p}\").Result")]
    [InlineData("client.GetStringAsync(\"items/\" + p).Result")]
    [InlineData("client.GetStringAsync(string.Format(\"https://api.example.com/{0}\", p)).Result")]
    [InlineData("client.GetStringAsync(Base + \"/items/\" + p).Result")]
    [InlineData("p.Trim() + int.Parse(p)")]
    [InlineData("File.ReadAllText(Lines[int.Parse(p)])")]
    [InlineData("File.ReadAllText(\"/etc/motd\").Replace(\"{name}\", p)")]
    [InlineData("string.Join(p, Directory.GetFiles(\"/data\"))")]
    public Task Given_text_that_leads_nowhere_DoesNotTrigger(string expression) => Verify.Source(Tool("string p", expression));

    [Theory]
    [InlineData("Process.Start(p)!.ToString()", "SafeExecutable")]
    [InlineData("Process.Start(\"git\", p)!.ToString()", "SafeArgument")]
    [InlineData("Process.Start(\"git\", [\"log\", p])!.ToString()", "SafeArgument")]
    [InlineData("new ProcessStartInfo(\"git\", \"log \" + p).ToString()", "SafeArgument")]
    [InlineData("new ProcessStartInfo { FileName = p }.ToString()", "SafeExecutable")]
    [InlineData("new ProcessStartInfo(\"git\") { ArgumentList = { \"log\", p } }.ToString()", "SafeArgument")]
    [InlineData("Start(p)", "SafeArgument")]
    [InlineData("new ProcessStartInfo(\"git\") { WorkingDirectory = p }.ToString()", "SafePath")]
    public Task Given_text_used_in_a_command_Triggers(string expression, string attribute) => Check(
        Tool("string {|#0:p|}", expression), Found("p", attribute));

    [Theory]
    [InlineData("[SafePath(Root = \"w\")] string p", "File.ReadAllText(p)")]
    [InlineData("[SafeIdentifier] string p", "File.ReadAllText(\"/data/\" + p)")]
    [InlineData("[AllowedValues(\"a\", \"b\")] string p", "File.ReadAllText(p)")]
    [InlineData("[RegularExpression(\"^[a-z0-9]+$\")] string p", "File.ReadAllText(\"/data/\" + p)")]
    [InlineData("[SafeUrl] string p", "client.GetStringAsync(p).Result")]
    [InlineData("[SafeArgument] string p", "Process.Start(\"git\", p)!.ToString()")]
    [InlineData("[SafeExecutable(\"git\")] string p", "Process.Start(p)!.ToString()")]
    [InlineData("[SafePath(Root = \"w\")] string p", "Process.Start(\"git\", p)!.ToString()")]
    [InlineData("[SafeText] string path", "path")]
    public Task Given_confined_text_DoesNotTrigger(string parameter, string expression) => Verify.Source(Tool(parameter, expression));

    [Theory]
    [InlineData("[SafeText] string {|#0:p|}", "File.ReadAllText(p)", "SafePath")]
    [InlineData("[SafePath(Root = \"w\")] string {|#0:p|}", "client.GetStringAsync(p).Result", "SafeUrl")]
    [InlineData("[RegularExpression(\"^[a-z./]+$\")] string {|#0:p|}", "File.ReadAllText(p)", "SafePath")]
    [InlineData("string {|#0:path|}", "client.GetStringAsync(path).Result", "SafeUrl")]
    [InlineData("string {|#0:url|}", "File.ReadAllText(url)", "SafePath")]
    [InlineData("string[] {|#0:p|}", "string.Concat(p.Select(File.ReadAllText))", "")]
    [InlineData("string[] {|#0:files|}", "files[0]", "SafePath")]
    [InlineData("Uri {|#0:p|}", "p.Host", "SafeUrl")]
    [InlineData("Uri[] {|#0:p|}", "\"\"", "SafeUrl")]
    public Task Given_the_wrong_attribute_name_or_type_Triggers_by_the_use(string parameter, string expression, string attribute)
    {
        // A method group is not followed.
        if (attribute.Length == 0)
        {
            return Verify.Source(Tool(parameter.Replace("{|#0:p|}", "p", StringComparison.Ordinal), expression));
        }

        var name = parameter.Split("{|#0:")[1].Split("|}")[0];
        return Check(Tool(parameter, expression), Found(name, attribute));
    }

    [Theory]
    [InlineData("path", "SafePath")]
    [InlineData("filePath", "SafePath")]
    [InlineData("file_path", "SafePath")]
    [InlineData("OutputFile", "SafePath")]
    [InlineData("fileName", "SafePath")]
    [InlineData("filename", "SafePath")]
    [InlineData("targetDir", "SafePath")]
    [InlineData("workingDirectory", "SafePath")]
    [InlineData("dest_folder", "SafePath")]
    [InlineData("path2", "SafePath")]
    [InlineData("folderName", "SafePath")]
    [InlineData("PDFFile", "SafePath")]
    [InlineData("url", "SafeUrl")]
    [InlineData("callbackUrl", "SafeUrl")]
    [InlineData("fileUri", "SafeUrl")]
    [InlineData("apiURL", "SafeUrl")]
    [InlineData("webhook", "SafeUrl")]
    [InlineData("tokenEndpoint", "SafeUrl")]
    [InlineData("href", "SafeUrl")]
    [InlineData("command", "SafeExecutable")]
    [InlineData("shell_cmd", "SafeExecutable")]
    [InlineData("executable", "SafeExecutable")]
    [InlineData("args", "SafeArgument")]
    [InlineData("commandLine", "SafeArgument")]
    [InlineData("extraArguments", "SafeArgument")]
    public void Given_a_name_of_that_kind_Triggers(string name, string attribute) => Assert.Equal(attribute, InputNames.KindOf(name)?.Attribute);

    [Theory]
    [InlineData("profile")]
    [InlineData("fileId")]
    [InlineData("file_count")]
    [InlineData("pathPattern")]
    [InlineData("jsonPath")]
    [InlineData("xPath")]
    [InlineData("xpath")]
    [InlineData("propertyPath")]
    [InlineData("urlPath")]
    [InlineData("isFile")]
    [InlineData("hasUrl")]
    [InlineData("directoryListing")]
    [InlineData("curl")]
    [InlineData("curly")]
    [InlineData("pathology")]
    [InlineData("name")]
    [InlineData("userName")]
    [InlineData("text")]
    [InlineData("query")]
    [InlineData("commandId")]
    [InlineData("argument")]
    [InlineData("direction")]
    [InlineData("urlTitle")]
    [InlineData("endpointCount")]
    [InlineData("fileType")]
    [InlineData("fileExtension")]
    [InlineData("folderColor")]
    [InlineData("programmer")]
    [InlineData("nautilus")]
    [InlineData("location")]
    [InlineData("maxFiles")]
    [InlineData("_")]
    public void Given_a_name_of_another_kind_DoesNotTrigger(string name) => Assert.Null(InputNames.KindOf(name));

    [Fact]
    public Task Given_members_and_dictionaries_Triggers_at_the_member() => Check("""
        using System.IO;
        public record Order(string {|#0:Attachment|}, string Note, Inner Inner) { public string {|#1:Url|} { get; init; } = ""; }
        public class Inner { public string {|#2:Place|} { get; set; } = ""; public int Path { get; set; } }
        public class T
        {
            [McpServerTool] public string A(Order order) => File.ReadAllText(order.Attachment) + order.Note + Read(order.Inner);
            [McpServerTool] public string B(Dictionary<string, string> {|#3:x|}) { foreach (var (key, value) in x) { File.WriteAllText(value, ""); } return x["a"]; }
            private static string Read(Inner inner) => File.ReadAllText(inner.Place);
            public record NotAnArgument(string Path);
        }
        """,
        Found("Attachment", "SafePath", 0), Found("Url", "SafeUrl", 1), Found("Place", "SafePath", 2), Found("x", "SafePath", 3));

    [Fact]
    public Task Given_a_write_Message_asks_for_write_access() => Verify.Source("""
        using System.IO;
        public class T { [McpServerTool] public void A(string {|#0:p|}) { if (File.Exists({|#1:p|})) { File.Delete(p); } } }
        """,
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("p", "is used as a path by File.Exists", "[SafePath(Root = ..., Access = PathAccess.Write)]"));

    [Fact]
    public Task Given_prompt_resource_partial_method_and_generated_file_Triggers_once()
    {
        var test = Test("""
            public partial class T
            {
                [McpServerPrompt] public string P(string {|#0:path|}) => "";
                [McpServerResource(UriTemplate = "a://{file}")] public string R(string {|#1:file|}) => "";
                [McpServerTool] public partial string A(string path);
                public partial string A(string {|#2:path|}) => "";
                public string NoTool(string path) => "";
            }
            public class Heir : T;
            """,
            Found("path", "SafePath", 0), Found("file", "SafePath", 1), Found("path", "SafePath", 2), Found("dir", "SafePath", 3));
        test.TestState.Sources.Add(("/0/Other.g.cs", "public class Hidden { [McpServerTool] public string A(string {|#3:dir|}) => \"\"; }"));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_recursive_and_mutual_calls_Ends() => Check("""
        using System.IO;
        public class T
        {
            [McpServerTool] public string A(string {|#0:p|}) => B(p, 9);
            private string B(string p, int n) => n == 0 ? C(p) : B(p + "a", n - 1);
            private string C(string p) => p.Length == 0 ? B(p, 1) : File.ReadAllText(p);
        }
        """, Found("p", "SafePath"));

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Test("public class T { [McpServerTool] public string A(string {|#0:path|}) => \"\"; }", Found("path", "SafePath"));
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    private static (string Name, string Attribute, int Place) Found(string name, string attribute, int place = 0) => (name, attribute, place);

    private static Task Check(string source, params (string Name, string Attribute, int Place)[] found) => Test(source, found).RunAsync();

    /// <summary>Compares place, name and attribute, whatever words the message has for the reason.</summary>
    private static Verify.AnalyzerTest Test(string source, params (string Name, string Attribute, int Place)[] found)
    {
        var test = Verify.Test(source, [.. found.Select(static f => new DiagnosticResult("MCPSEC2002", DiagnosticSeverity.Warning)
            .WithLocation(f.Place)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations))]);
        test.DiagnosticVerifier = (diagnostic, _, _) => Assert.Contains(found, f =>
            diagnostic.GetMessage().StartsWith($"'{f.Name}' ", StringComparison.Ordinal) &&
            diagnostic.Properties[MCPSEC2002UnconfinedInputAnalyzer.AttributeProperty] == f.Attribute);
        return test;
    }

    private static string Tool(string parameter, string expression) => $$"""
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using McpSecureGen;
        public class T(HttpClient client)
        {
            private static readonly string Base = Environment.NewLine;
            private static readonly string[] Lines = [];
            [McpServerTool] public string A({{parameter}}) => {{expression}};
            private string Inner(string text) => File.ReadAllText(text);
            private string Deep(string a) { var b = a; b += ".txt"; return Inner(b); }
            private static string Start(string a)
            {
                var start = new ProcessStartInfo("git");
                start.ArgumentList.Add("log");
                start.ArgumentList.Add(a);
                return start.ToString()!;
            }
        }
        """;
}
