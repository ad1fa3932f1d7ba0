using McpSecureGen.Analyzers.Tests.Testing;
using McpSecureGen.CodeFixes.Fixes;
using Microsoft.CodeAnalysis;
using Fix = McpSecureGen.Analyzers.Tests.Testing.VerifyFix<McpSecureGen.Analyzers.Rules.MCPSEC2005ServiceOrArgumentAnalyzer, McpSecureGen.CodeFixes.Fixes.MCPSEC2005ArrayFix>;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC2005ServiceOrArgumentAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC2005Tests
{
    [Theory]
    [InlineData("[|IMailer|] mailer")]
    [InlineData("[|Mailer|] mailer")]
    [InlineData("[|Abstract|] a")]
    [InlineData("[|MailService|] service")]
    public Task Given_a_service_that_nobody_registers_Triggers(string parameter) => Program(parameter, "");

    [Theory]
    [InlineData("IMailer mailer", "services.AddSingleton<IMailer, Mailer>();")]
    [InlineData("IMailer mailer", "services.AddSingleton(typeof(IMailer), typeof(Mailer));")]
    [InlineData("IMailer mailer", "services.TryAddScoped<IMailer>(s => null!);")]
    [InlineData("MailService service", "services.AddSingleton(new MailService());")]
    [InlineData("MailService service", "services.Add(ServiceDescriptor.Singleton<MailService, MailService>());")]
    [InlineData("IMailer mailer", "Modules.AddMailing<IMailer>(services);")]
    [InlineData("IMailer mailer", "Modules.ScanAll(services);")]
    [InlineData("[FromKeyedServices(\"a\")] IMailer mailer", "")]
    [InlineData("IMailer? mailer = null", "")]
    [InlineData("IServiceProvider provider", "")]
    [InlineData("McpServer server", "")]
    [InlineData("IDisposable foreign", "")]
    [InlineData("Order order", "")]
    [InlineData("PlainService data", "")]
    [InlineData("RecordService data", "")]
    public Task Given_a_registered_service_or_data_DoesNotTrigger(string parameter, string registration) => Program(parameter, registration);

    [Fact]
    public Task Given_a_library_DoesNotTrigger() => Verify.Source("public interface IMailer; public class T { [McpServerTool] public string A(IMailer mailer) => \"\"; }");

    [Fact]
    public Task Given_asking_for_a_service_that_nobody_registers_Triggers() => Program("[|IMailer|] mailer", "_ = services.BuildServiceProvider().GetRequiredService<IMailer>();");

    [Theory]
    [InlineData("{|#0:IEnumerable<string>|} p", "'string[]' or 'IReadOnlyList<string>' if the client sends it")]
    [InlineData("{|#0:IEnumerable<int>?|} p = null", "'int[]' or 'IReadOnlyList<int>' if the client sends it")]
    [InlineData("{|#0:IEnumerable<IDisposable>|} p", "the constructor of the class, which is given every 'IDisposable' that is registered")]
    public Task Given_a_sequence_Triggers(string parameter, string remedy) => Verify.Source(
        $$"""public class T { [McpServerTool] public string A({{parameter}}) => ""; }""",
        Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2005Sequence).WithLocation(0).WithArguments("p", remedy));

    [Theory]
    [InlineData("string[] p")]
    [InlineData("IReadOnlyList<string> p")]
    [InlineData("List<string> p")]
    [InlineData("ICollection<string> p")]
    [InlineData("Bag p")]
    public Task Given_a_collection_DoesNotTrigger(string parameter) => Verify.Source(
        $$"""public record Bag(IEnumerable<string> Items); public class T { [McpServerTool] public string A({{parameter}}) => ""; public void B(IEnumerable<string> p) { } }""");

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test(
            "public class T { [McpServerTool] public string A({|#0:IEnumerable<string>|} p) => \"\"; }",
            Verify.Diagnostic(Descriptors.Descriptors.MCPSEC2005Sequence).WithLocation(0).WithArguments("p", "'string[]' or 'IReadOnlyList<string>' if the client sends it"));
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    [Fact]
    public Task Given_sequences_of_data_Fix_makes_arrays() => Fix.Source(
        "public class T { [McpServerTool] public string A({|MCPSEC2005:IEnumerable<string>|} a, {|MCPSEC2005:System.Collections.Generic.IEnumerable<int?>|} b) => string.Concat(a); }",
        "public class T { [McpServerTool] public string A(string[] a, int?[] b) => string.Concat(a); }",
        MCPSEC2005ArrayFix.ArrayKey);

    private static Task Program(string parameter, string registration)
    {
        var test = Verify.Test($$"""
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.DependencyInjection.Extensions;
            IServiceCollection services = new ServiceCollection();
            {{registration}}
            public interface IMailer { void Send(); }
            public sealed class Mailer(IMailer inner) : IMailer { public void Send() => inner.Send(); }
            public abstract class Abstract;
            public class MailService { public string Host { get; set; } = ""; public void Send() { } }
            public class PlainService { public string Host { get; set; } = ""; }
            public record RecordService(string Host) { public void Send() { } }
            public class Order { public string Name { get; set; } = ""; public int Total() => 1; }
            public static class Modules { public static void AddMailing<T>(IServiceCollection s) { } public static void ScanAll(IServiceCollection s) { } }
            public class T { [McpServerTool] public string A({{parameter}}) => ""; }
            """);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None;
        return test.RunAsync();
    }
}
