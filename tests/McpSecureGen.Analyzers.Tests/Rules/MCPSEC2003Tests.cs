using McpSecureGen.Analyzers.Tests.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC2003ImpossibleValidationAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC2003Tests
{
    [Theory]
    [InlineData("[[|SafePath(Root = \"w\")|]] int p")]
    [InlineData("[[|SafePath(Root = \"w\")|]] int[][] p")]
    [InlineData("[[|SafeText|]] DateTime p")]
    [InlineData("[[|SafeUrl|]] int p")]
    [InlineData("[[|SafeUrl|]] ConfinedPath p", true)]
    [InlineData("[[|SafePath(Root = \"w\")|]] Uri p")]
    [InlineData("[[|SafePath(Root = \"w\")|]] ConfinedUrl p")]
    [InlineData("[[|SafeArgument|]] Uri p")]
    [InlineData("[[|SafeIdentifier|]] int[] p")]
    [InlineData("[[|JsonString(typeof(int[]))|]] string[] p")]
    [InlineData("[[|StringLength(5)|]] int p")]
    [InlineData("[[|StringLength(5)|]] string[] p")]
    [InlineData("[[|RegularExpression(\"a\")|]] List<string> p")]
    [InlineData("[[|EmailAddress|]] int p")]
    [InlineData("[[|Url|]] int p")]
    [InlineData("[[|Base64String|]] byte[] p")]
    [InlineData("[[|MaxLength(5)|]] int p")]
    [InlineData("[[|MinLength(5)|]] bool? p")]
    [InlineData("[[|Length(1, 5)|]] double p")]
    [InlineData("[[|Range(1, 5)|]] string p")]
    [InlineData("[[|Range(1, 5)|]] DateTime p")]
    [InlineData("[[|Range(typeof(DateTime), \"2020-01-01\", \"2021-01-01\")|]] int p")]
    [InlineData("[[|AllowedValues(1, 2)|]] long p")]
    [InlineData("[[|AllowedValues(\"a\", 2)|]] string p")]
    [InlineData("[[|DeniedValues(\"a\")|]] DayOfWeek p")]
    public Task Given_attribute_on_a_type_it_cannot_check_Triggers(string parameter, bool isUnconfined = false) => isUnconfined
        ? Verify.Source(Tool(parameter.Replace(" p", " {|#0:p|}", StringComparison.Ordinal)), Unconfined("p", 0))
        : Verify.Source(Tool(parameter));

    [Fact]
    public Task Given_a_confined_path_without_a_root_Triggers() => Verify.Source("""
        using McpSecureGen;
        public record Order(ConfinedPath {|#1:File|}, [SafePath(Root = "w")] ConfinedPath Good);
        public class T { [McpServerTool, RequiresCapability("read:files")] public string A(ConfinedPath {|#0:p|}, Order order, [SafePath(Root = "w")] ConfinedPath q) => ""; }
        """, Unconfined("p", 0), Unconfined("File", 1));

    [Theory]
    [InlineData("[[|SafeUrl(Hosts = [])|]] string p")]
    [InlineData("[[|SafeUrl(Ports = new int[0])|]] string p")]
    [InlineData("[[|SafeUrl(Schemes = [])|]] string p")]
    [InlineData("[[|SafeUrl(Schemes = null!)|]] string p")]
    [InlineData("[[|SafeUrl(Ports = [0])|]] string p")]
    [InlineData("[[|SafeUrl(Ports = [443, 65536])|]] Uri p")]
    [InlineData("[[|SafeUrl(Schemes = [\"https://\"])|]] string p")]
    [InlineData("[[|SafeUrl(Hosts = [\"*.example.com\"])|]] string p")]
    [InlineData("[[|SafeUrl(Hosts = [\"https://example.com\"])|]] string p")]
    [InlineData("[[|SafeUrl(MaxLength = 0)|]] string p")]
    [InlineData("[[|SafeArgument(MaxLength = 0)|]] string p")]
    [InlineData("[[|SafeIdentifier(MaxLength = -1)|]] string p")]
    [InlineData("[[|JsonString(typeof(int), MaxLength = 0)|]] string p")]
    [InlineData("[[|SafeExecutable|]] string p")]
    [InlineData("[[|SafeExecutable()|]] string p")]
    [InlineData("[[|SafeExecutable(\"git\", \" \")|]] string p")]
    [InlineData("[[|SafePath(Root = \"w\", Extensions = [\"txt\"])|]] string p")]
    [InlineData("[[|SafeArgument(Pattern = \"(\")|]] string p")]
    [InlineData("[[|SafeArgument(Pattern = \"^(?=a)b\")|]] string p")]
    [InlineData("[[|SafeArgument(Pattern = @\"(a)\\1\")|]] string p")]
    [InlineData("[[|SafeArgument(Pattern = \"(?>a)\")|]] string p")]
    [InlineData("[[|RegularExpression(\"[\")|]] string p")]
    [InlineData("[[|JsonString(typeof(List<>))|]] string p")]
    [InlineData("[[|JsonString(typeof(Hidden))|]] string p")]
    [InlineData("[SafePath(Root = \"w\"), [|SafeUrl|]] string p")]
    [InlineData("[SafeUrl, [|SafeExecutable(\"git\")|]] string p")]
    public Task Given_a_safe_attribute_that_allows_nothing_or_nonsense_Triggers(string parameter) => Verify.Source($$"""
        using McpSecureGen;
        public class T { private class Hidden; [McpServerTool] public string A({{parameter}}) => ""; }
        """);

    [Theory]
    [InlineData("[SafeUrl(Hosts = [\"api.example.com\", \".example.org\"], Ports = [443, 8443], Schemes = [\"https\", \"http\"])] string p")]
    [InlineData("[SafeUrl] Uri p")]
    [InlineData("[SafeUrl] List<Uri>? p")]
    [InlineData("[SafeUrl] ConfinedUrl p")]
    [InlineData("ConfinedUrl p")]
    [InlineData("[SafeUrl(Hosts = null)] string p")]
    [InlineData("[SafePath(Root = \"w\", Extensions = [\".txt\"])] ConfinedPath[] p")]
    [InlineData("[SafeExecutable(\"git\")] string[] p")]
    [InlineData("[SafeArgument(Pattern = \"[a-z]+\")] string p")]
    [InlineData("[JsonString(typeof(string[])), SafePath(Root = \"w\")] string p")]
    [InlineData("[SafePath(Root = \"w\"), SafeText] string p")]
    public Task Given_sound_safe_attributes_DoesNotTrigger(string parameter) => Verify.Source(Tool(parameter));

    [Theory]
    [InlineData("[[|Range(5, 1)|]] int p")]
    [InlineData("[[|Range(2.5, 1.5)|]] double p")]
    [InlineData("[[|Range(typeof(decimal), \"2\", \"1\")|]] decimal p")]
    [InlineData("[[|Range(1, 1, MinimumIsExclusive = true)|]] int p")]
    [InlineData("[[|StringLength(1, MinimumLength = 5)|]] string p")]
    [InlineData("[[|StringLength(-1)|]] string p")]
    [InlineData("[[|MaxLength(-1)|]] string p")]
    [InlineData("[[|MaxLength(0)|]] string p")]
    [InlineData("[[|MinLength(-1)|]] string p")]
    [InlineData("[[|Length(5, 1)|]] string p")]
    [InlineData("[[|SafePath|]] string p")]
    [InlineData("[[|SafePath(Root = \" \")|]] string p")]
    [InlineData("[[|SafePath(Root = \"w\", MaxLength = 0)|]] string p")]
    [InlineData("[[|SafeText(MaxLength = -1)|]] string p")]
    [InlineData("[StringLength(5), [|MinLength(6)|]] string p")]
    [InlineData("[MinLength(6), [|StringLength(5)|]] string p")]
    [InlineData("[MinLength(6), [|SafeText(MaxLength = 5)|]] string p")]
    public Task Given_contradictory_bounds_Triggers(string parameter) => Verify.Source(Tool(parameter));

    [Theory]
    [InlineData("[SafePath(Root = \"w\")] string p")]
    [InlineData("[SafePath(Root = \"w\", MaxLength = 1)] IReadOnlyList<string> p")]
    [InlineData("[SafePath(Root = \"w\")] string[][] p")]
    [InlineData("[SafePath(Root = \"w\")] Dictionary<string, List<string>> p")]
    [InlineData("[MinLength(6), SafePath(Root = \"w\", MaxLength = 5)] string[] p")]
    [InlineData("[SafeText] string? p")]
    [InlineData("[StringLength(5, MinimumLength = 5)] string p")]
    [InlineData("[RegularExpression(\"^a$\")] string p")]
    [InlineData("[EmailAddress] string p")]
    [InlineData("[Url] Uri p")]
    [InlineData("[MinLength(1), MaxLength(5)] int[] p")]
    [InlineData("[MaxLength(5)] Dictionary<string, int> p")]
    [InlineData("[Length(0, 5)] string p")]
    [InlineData("[Range(1, 5)] int? p")]
    [InlineData("[Range(1, 5)] long p")]
    [InlineData("[Range(0.5, 1)] decimal p")]
    [InlineData("[Range(typeof(DateTime), \"2020-01-01\", \"2021-01-01\")] DateTime? p")]
    [InlineData("[AllowedValues(1, 2)] int? p")]
    [InlineData("[AllowedValues(\"a\", null)] string? p")]
    [InlineData("[DeniedValues(DayOfWeek.Monday)] DayOfWeek p")]
    public Task Given_sound_validation_DoesNotTrigger(string parameter) => Verify.Source(Tool(parameter));

    [Fact]
    public Task Given_members_of_types_a_client_fills_Triggers_once_at_each() => Verify.Source("""
        public record Inner([[|StringLength(5)|]] int A);
        public class Document { [[|McpSecureGen.SafeText(MaxLength = 0)|]] public string Title { get; set; } = ""; }
        public class Order : Document
        {
            [[|Range(5, 1)|]] public int Quantity { get; set; }
            public Dictionary<string, List<Inner?>>? Parts { get; set; }
            public Order? Parent { get; set; }
        }
        public class T
        {
            [McpServerTool] public string A(Order order) => "";
            [McpServerTool] public string B(Order[] orders) => "";
        }
        """);

    [Fact]
    public Task Given_types_no_client_fills_DoesNotTrigger() => Verify.Source("""
        public class NotAnArgument { [Range(5, 1)] public int Quantity { get; set; } }
        public class T { [McpServerTool] public string A(int a) => ""; public string B([StringLength(5)] int notATool, NotAnArgument c) => ""; }
        """);

    [Theory]
    [InlineData("private class P { }")]
    [InlineData("protected class P { }")]
    [InlineData("private protected record P(int A);")]
    public Task Given_argument_type_hidden_from_generated_code_Triggers_at_the_type(string declaration) => Verify.Source(
        $$"""
        public class T { {{declaration}} [McpServerTool] private string A({|#0:List<P>|} items) => ""; }
        """,
        Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2003InaccessibleType).WithLocation(0).WithArguments("items", "List<P>"));

    [Theory]
    [InlineData("F")]
    [InlineData("KeyValuePair<string, R>")]
    [InlineData("(int, R[])")]
    [InlineData("ReadOnlyMemory<R>?")]
    [InlineData("Tuple<ConfinedUrl>")]
    public Task Given_a_type_in_which_a_checked_value_cannot_be_put_Triggers(string type) => Verify.Source(
        Types + $$"""public class T { [McpServerTool, RequiresCapability("read:files")] public string {|#0:A|}({{type}} value) => ""; }""",
        Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2003Unwrappable).WithLocation(0).WithArguments("A"));

    [Theory]
    [InlineData("G<int>")]
    [InlineData("D")]
    [InlineData("I")]
    [InlineData("Dictionary<int, R>")]
    [InlineData("(int, string)")]
    [InlineData("KeyValuePair<string, int>")]
    public Task Given_its_twin_in_which_it_can_DoesNotTrigger(string type) => Verify.Source(
        Types + $$"""public class T { [McpServerTool, RequiresCapability("read:files")] public string A({{type}} value) => ""; }""");

    private const string Types = """
        using McpSecureGen;
        public class F { private string _x; public F(string x) => _x = x; [SafePath(Root = "w")] public string X => _x; }
        public record R([SafePath(Root = "w")] string X);
        public record D(string X, int Y) : R(X);
        public record G<Z>([SafePath(Root = "w")] ConfinedPath X, Z Y);
        [System.Text.Json.Serialization.JsonDerivedType(typeof(K))] public interface I { [SafePath(Root = "w")] ConfinedPath X { get; } }
        public record K(ConfinedPath X) : I;

        """;

    [Fact]
    public Task Given_file_local_argument_type_Triggers() => Verify.Source("""
        file record P(int A);
        file class T { [McpServerTool] string A({|#0:P|} item) => ""; }
        """, Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2003InaccessibleType).WithLocation(0).WithArguments("item", "P"));

    [Fact]
    public Task Given_internal_argument_type_or_hidden_service_DoesNotTrigger() => Verify.Source("""
        public class T
        {
            internal class P { }
            private interface IService { }
            private class Service(IService inner) { public IService Inner => inner; }
            private abstract class NoData { }
            [McpServerTool] private string A(P item, IService service, Service other, NoData none, CancellationToken token) => "";
        }
        """);

    [Fact]
    public Task Given_partial_method_Triggers_once() => Verify.Source("""
        public partial class T
        {
            [McpServerTool] public partial string A(int p);
            public partial string A([[|StringLength(5)|]] int p) => "";
        }
        """);

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test("""
            public class T { [McpServerTool] public string A([[|McpSecureGen.SafePath(Root = "w")|]] int p) => ""; }
            """);
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Theory]
    [InlineData("class T", "int[,] p")]
    [InlineData("class T", "Blind p")]
    public Task Given_a_declared_primitive_that_gets_no_wrapper_Triggers(string type, string parameter) => Verify.Source(Declared(type, "[|A|]", parameter));

    [Theory]
    [InlineData("class T", "int[][] p")]
    [InlineData("class T", "Seeing p")]
    [InlineData("class T<TValue>", "string p")]
    [InlineData("abstract class T<TValue>", "TValue p")]
    public Task Given_a_declared_primitive_that_gets_a_wrapper_DoesNotTrigger(string type, string parameter) => Verify.Source(Declared(type, "A", parameter));

    [Fact]
    public Task Given_an_undeclared_primitive_that_would_get_no_wrapper_DoesNotTrigger() => Verify.Source(Tool("int[,] p"));

    private static string Declared(string type, string method, string parameter) => $$"""
        using McpSecureGen;
        public {{type}} { [McpServerTool, RequiresCapability("read:files")] public string {{method}}({{parameter}}) => ""; }
        public class Blind { public string Name { get; set; } = ""; public string Hidden { set { } } }
        public class Seeing { public string Name { get; set; } = ""; }
        """;

    [Theory]
    [InlineData("RateLimit(0, 60)")]
    [InlineData("RateLimit(-1, 60)")]
    [InlineData("RateLimit(1, 0)")]
    [InlineData("RateLimit(1, 86_401)")]
    [InlineData("Timeout(0)")]
    [InlineData("Timeout(-0.5)")]
    [InlineData("Timeout(double.NaN)")]
    [InlineData("Timeout(86_401)")]
    [InlineData("MaxOutput(0)")]
    [InlineData("MaxOutput(-1)")]
    [InlineData("RequiresConfirmation(\"\")")]
    [InlineData("RequiresConfirmation(\" \\t\")")]
    [InlineData("RequiresConfirmation(null!)")]
    public async Task Given_a_limit_that_no_call_can_meet_Triggers(string attribute)
    {
        await Verify.Source($$"""using McpSecureGen; public class Tools { [McpServerTool, RequiresCapability("read:files"), [|{{attribute}}|]] public string Run() => ""; }""");
        await Verify.Source($$"""using McpSecureGen; [[|{{attribute}}|]] public class Tools { [McpServerTool, RequiresCapability("read:files")] public string Run() => ""; }""");
    }

    [Theory]
    [InlineData("RateLimit(1, 1), Timeout(0.001), MaxOutput(1), RequiresConfirmation(\"Sure?\")")]
    [InlineData("RateLimit(int.MaxValue, 86_400), Timeout(86_400), MaxOutput(int.MaxValue)")]
    public Task Given_limits_that_can_be_met_Does_not_trigger(string attributes) => Verify.Source(
        $$"""using McpSecureGen; public class Tools { [McpServerTool, RequiresCapability("read:files"), {{attributes}}] public string Run() => ""; }""");

    [Theory]
    [InlineData("McpServerPrompt")]
    [InlineData("McpServerResource(UriTemplate = \"a://b\")")]
    public Task Given_a_confirmation_of_what_is_no_tool_Triggers(string kind) => Verify.Source(
        $$"""using McpSecureGen; public class Tools { [{{kind}}, RequiresCapability("read:files"), [|RequiresConfirmation("Sure?")|]] public string Run() => ""; }""");

    [Fact]
    public Task Given_a_class_with_a_confirmation_and_a_prompt_Does_not_trigger() => Verify.Source("""
        using McpSecureGen;
        [RequiresConfirmation("Sure?"), RequiresCapability("read:files")]
        public class Mixed { [McpServerTool] public string Run() => ""; [McpServerPrompt] public string Draft() => ""; }
        """);

    private static string Tool(string parameter) => $$"""
        using McpSecureGen;
        public class T { [McpServerTool] public string A({{parameter}}) => ""; }
        """;

    private static Microsoft.CodeAnalysis.Testing.DiagnosticResult Unconfined(string name, int place) =>
        Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2003Unconfined).WithLocation(place).WithArguments(name);
}
