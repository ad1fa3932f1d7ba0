using McpSecureGen.Analyzers.Tests.Testing;
using Verify = McpSecureGen.Analyzers.Tests.Testing.Verify<McpSecureGen.Analyzers.Rules.MCPSEC5001RefusedRegistrationAnalyzer>;

namespace McpSecureGen.Analyzers.Tests.Rules;

public sealed class MCPSEC5001Tests
{
    [Theory]
    [InlineData("McpServerTool.[|Create|](function);")]
    [InlineData("McpServerPrompt.[|Create|](function);")]
    [InlineData("McpServerResource.[|Create|](function);")]
    [InlineData("McpServerTool.[|Create|](() => 1);")]
    [InlineData("McpServerTool.[|Create|]([McpServerTool] () => 1);")]
    [InlineData("McpServerTool.[|Create|](delegate(int a) { return a; });")]
    [InlineData("McpServerTool.[|Create|]((Delegate)(Func<int>)(() => 1));")]
    [InlineData("McpServerTool.[|Create|](options: null, method: new Func<int>(() => 1));")]
    [InlineData("McpServerTool.[|Create|](Plain);")]
    [InlineData("McpServerPrompt.[|Create|](Attributed);")]
    [InlineData("int Local() => 1; McpServerTool.[|Create|](Local);")]
    [InlineData("[McpServerTool] static int [|Local|]() => 1; Local();")]
    [InlineData("builder.[|WithCallToolHandler|](null!);")]
    [InlineData("builder.[|WithGetPromptHandler|](null!);")]
    [InlineData("builder.[|WithReadResourceHandler|](null!);")]
    [InlineData("builder.[|WithMessageFilters|](f => f.AddIncomingFilter(next => next));")]
    [InlineData("builder.[|WithMessageFilters|](f => { options.Filters.Message.IncomingFilters = []; options.Filters.Message.IncomingFilters.Add(next => next); });")]
    [InlineData("options.Handlers.[|CallToolHandler|] = (a, b) => default;")]
    [InlineData("options.Handlers.[|GetPromptHandler|] ??= (a, b) => default;")]
    [InlineData("_ = new McpServerHandlers { [|ReadResourceHandler|] = (a, b) => default };")]
    [InlineData("options.Filters.Message.[|IncomingFilters|] = [next => next];")]
    [InlineData("options.Filters.Message.IncomingFilters.[|Add|](next => next);")]
    public Task Given_route_the_guard_refuses_Triggers(string statement) => Verify.Source(Program(statement));

    [Theory]
    [InlineData("options.Handlers.[|CallToolWithAlternateHandler|] = (a, b) => default!;")]
    [InlineData("options.[|RequestHandlers|] = [null!];")]
    [InlineData("options.RequestHandlers!.[|Add|](null!);")]
    [InlineData("_ = new McpServerOptions { [|RequestHandlers|] = { null! } };")]
    public Task Given_experimental_route_the_guard_refuses_Triggers(string statement) =>
        Verify.Source("#pragma warning disable MCPEXP002\n" + Program(statement));

    [Theory]
    [InlineData("McpServerTool.Create(Attributed);")]
    [InlineData("McpServerTool.Create(new Func<int>(Attributed));")]
    [InlineData("McpServerTool.Create(typeof(Program).GetMethod(\"Plain\")!, target: null);")]
    [InlineData("Delegate unknown = Plain; McpServerTool.Create(unknown);")]
    [InlineData("builder.WithTools<Program>();")]
    [InlineData("builder.WithListToolsHandler(null!);")]
    [InlineData("builder.WithMessageFilters(f => f.AddOutgoingFilter(next => next));")]
    [InlineData("builder.WithRequestFilters(f => f.AddCallToolFilter(next => next));")]
    [InlineData("options.Handlers.CallToolHandler = null;")]
    [InlineData("_ = options.Handlers.GetPromptHandler;")]
    [InlineData("options.Handlers.ListToolsHandler = (a, b) => default;")]
    [InlineData("options.Filters.Message.OutgoingFilters.Add(next => next);")]
    public Task Given_allowed_route_DoesNotTrigger(string statement) => Verify.Source(Program(statement));

    [Fact]
    public Task Given_hand_made_primitive_Triggers_at_concrete_classes_only() => Verify.Source("""
        #pragma warning disable CS0534
        using ModelContextProtocol.Protocol;
        public abstract class Base : McpServerTool;
        public class [|Tool|] : Base
        {
            public override Tool ProtocolTool => null!;
            public override IReadOnlyList<object> Metadata => [];
            public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken token = default) => default;
        }
        public class [|Wrapped|](McpServerPrompt inner) : DelegatingMcpServerPrompt(inner);
        """.Replace("public class [|Tool|]", "public class [|MyTool|]", StringComparison.Ordinal));

    [Theory]
    [InlineData(true, "builder.WithTools<LibTools>(); McpServerTool.Create(LibTools.Shared);")]
    [InlineData(false, "builder.[|WithTools<LibTools>|](); McpServerTool.[|Create|](LibTools.Shared); builder.WithTools<LibPlain>();")]
    public Task Given_class_of_another_assembly_Triggers_unless_that_was_built_with_this_library(bool secured, string statement)
    {
        var test = Verify.Test(Program(statement));
        test.TestState.AdditionalReferences.Add(References.Compile(
            "Lib",
            $$"""
            using ModelContextProtocol.Server;
            public class LibPlain;
            public class LibTools
            {
                {{(secured ? "[McpSecureGen.RequiresCapability(\"read:files\")]" : "")}} [McpServerTool] public static int Shared() => 1;
            }
            """,
            [.. References.Framework, .. References.Sdk, References.Own]));
        return test.RunAsync();
    }

    [Fact]
    public Task Given_same_named_types_in_another_reference_Triggers()
    {
        var test = Verify.Test(Program("McpServerTool.[|Create|](Plain); options.Handlers.[|CallToolHandler|] = (a, b) => default; builder.[|WithCallToolHandler|](null!);"));
        test.TestState.AdditionalReferences.Add(References.NameCollisions);
        return test.RunAsync();
    }

    private static string Program(string statement) => $$"""
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.AI;
        public class Program
        {
            [McpServerTool] public static int Attributed() => 1;
            public static int Plain() => 1;
            public static void Configure(IMcpServerBuilder builder, McpServerOptions options, AIFunction function) { {{statement}} }
        }
        """;
}
