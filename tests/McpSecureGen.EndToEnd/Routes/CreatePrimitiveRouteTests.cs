// Creations of unsecured primitives are what the rule refuses; here the guard must refuse them too.
#pragma warning disable MCPSEC5001
using System.Reflection;
using System.Text.Json;
using McpSecureGen.EndToEnd.Support;
using McpSecureGen.RawTools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.EndToEnd.Routes;

/// <summary>Route 26 for tools: <c>McpServerTool.Create</c> in its four forms, subclasses, metadata.</summary>
public sealed class CreateToolRouteTests
{
    private static readonly MethodInfo Static = typeof(RouteTools).GetMethod(nameof(RouteTools.Static))!;
    private static readonly MethodInfo Instance = typeof(RouteTools).GetMethod(nameof(RouteTools.Instance))!;
    private static readonly MethodInfo Record = typeof(RouteTools).GetMethod(nameof(RouteTools.Record))!;

    private static RouteTools Given => new(new Voice("given"));

    public static TheoryData<string, Func<McpServerTool>, string, string> Good => new()
    {
        { "delegate of a static method", static () => McpServerTool.Create((Delegate)RouteTools.Static), "route_static", "{0}" },
        { "delegate of an instance method", static () => McpServerTool.Create((Delegate)Given.Instance), "route_instance", "given:{0}" },
        { "delegate of an inherited method", static () => McpServerTool.Create((Delegate)new ReadingHeir().Inherited), "route_inherited", "ReadingHeir:{0}" },
        { "static method", static () => McpServerTool.Create(Static), "route_static", "{0}" },
        { "method and target", static () => McpServerTool.Create(Instance, Given), "route_instance", "given:{0}" },
        { "method and factory", static () => McpServerTool.Create(Instance, static _ => Given), "route_instance", "given:{0}" },
        {
            "serializer options",
            static () => McpServerTool.Create(Record, target: null, new McpServerToolCreateOptions
            {
                SerializerOptions = new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower },
            }),
            "route_record", """{"said_text":"{0}"}"""
        },
        { "static method closed over its argument", static () => McpServerTool.Create(Closed()), "route_static", "{0}" },
        { "another name", static () => McpServerTool.Create(Static, target: null, new McpServerToolCreateOptions { Name = "renamed" }), "renamed", "{0}" },
        { "no metadata", static () => McpServerTool.Create(Static, target: null, new McpServerToolCreateOptions { Metadata = [] }), "route_static", "{0}" },
        { "forged metadata on an intercepted call", static () => McpServerTool.Create(Static, target: null, new McpServerToolCreateOptions { Metadata = [Record] }), "route_static", "{0}" },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public async Task Given_a_declared_method_then_its_tool_is_secured(string form, Func<McpServerTool> create, string name, string says)
    {
        Assert.NotEmpty(form);
        foreach (var createdBySdk in new[] { false, true })
        {
            await using var server = await TestServer.StartAsync(b => b.Services.AddSingleton(create()), createdBySdk: createdBySdk);
            await Ends.InSecuredToolAsync(server, name, says);
        }
    }

    [Fact]
    public async Task Given_a_delegate_of_an_inherited_method_then_the_class_of_its_target_decides()
    {
        await using var server = await TestServer.StartAsync(static b => b.Services.AddSingleton(McpServerTool.Create((Delegate)new WritingHeir().Inherited)));

        await Ends.InSecuredToolAsync(server, "route_inherited", "WritingHeir:{0}", "write:files");
    }

    public static TheoryData<string, Func<McpServerTool>, string> Raw => new()
    {
        { "lambda", static () => McpServerTool.Create(static (string text) => RawEffects.Ran() + text, Named("made")), "lambda or local function" },
        { "lambda with a declaration", static () => McpServerTool.Create([RequiresCapability("read:files")] static (string text) => RawEffects.Ran() + text, Named("made")), "lambda or local function" },
        { "method that is no tool", static () => McpServerTool.Create((Delegate)UndeclaredTools.Plain, Named("made")), "UndeclaredTools.Plain" },
        { "undeclared method", static () => McpServerTool.Create(typeof(UndeclaredTools).GetMethod(nameof(UndeclaredTools.Tool))!, target: null, Named("made")), "[RequiresCapability(" },
        { "method of another assembly", static () => McpServerTool.Create(typeof(RawToolClass).GetMethod("Static")!, target: null, Named("made")), "Reference the package" },
        { "method of the framework", static () => McpServerTool.Create(typeof(Environment).GetMethod(nameof(Environment.GetEnvironmentVariable), [typeof(string)])!, target: null, Named("made")), "GetEnvironmentVariable" },
        { "AIFunction", static () => McpServerTool.Create(AIFunctionFactory.Create(static (string text) => RawEffects.Ran() + text), Named("made")), "AIFunction" },
        { "AIFunction of a declared method", static () => McpServerTool.Create(AIFunctionFactory.Create(Static, target: null), Named("made")), "AIFunction" },
        { "subclass", static () => new HandMadeTool("made"), "HandMadeTool" },
        { "subclass with forged metadata", static () => new HandMadeTool("made", [Static]), "HandMadeTool" },
        { "delegating subclass around a declared tool", static () => new DelegatingTool(McpServerTool.Create(Static, target: null, Named("made"))), "DelegatingTool" },
        { "lambda without metadata", static () => McpServerTool.Create(static (string text) => RawEffects.Ran() + text, new McpServerToolCreateOptions { Name = "made", Metadata = [] }), "tool 'made'" },
        { "lambda with forged metadata", static () => McpServerTool.Create(static (string text) => RawEffects.Ran() + text, Forged()), "tool 'made'" },
        {
            "AIFunction that wraps the method its metadata names",
            static () => McpServerTool.Create(new WrappingFunction(AIFunctionFactory.Create(Static, target: null)), Forged()),
            "tool 'made'"
        },
        { "AIFunction with forged metadata", static () => McpServerTool.Create(AIFunctionFactory.Create(static (string text) => RawEffects.Ran() + text), Forged()), "tool 'made'" },
        { "not intercepted: lambda", static () => NotIntercepted(static (string text) => RawEffects.Ran() + text, Named("made")), "lambda or local function" },
        { "not intercepted: no metadata", static () => NotIntercepted(RouteTools.Static, new McpServerToolCreateOptions { Name = "made", Metadata = [] }), "tool 'made'" },
        { "not intercepted: forged metadata of another shape", static () => NotIntercepted(static (int number) => RawEffects.Ran() + number, Forged()), "tool 'made'" },
        { "not intercepted: lambda with forged metadata", static () => NotIntercepted(static (string text) => RawEffects.Ran() + text, Forged()), "tool 'made'" },
    };

    [Theory]
    [MemberData(nameof(Raw), DisableDiscoveryEnumeration = true)]
    public Task Given_anything_else_then_the_server_does_not_start(string form, Func<McpServerTool> create, string mention)
    {
        Assert.NotEmpty(form);
        return Ends.InNoStartAsync(b => b.Services.AddSingleton(create()), "tool 'made'", mention);
    }

    [Theory]
    [InlineData("route_static", "{0}")]
    [InlineData("route_instance", "given:{0}")]
    public async Task Given_creations_that_are_not_intercepted_then_declared_methods_are_secured(string name, string says)
    {
        await using var server = await TestServer.StartAsync(static b => b.WithTools(
            (IEnumerable<McpServerTool>)[NotIntercepted(RouteTools.Static, null), NotIntercepted(Given.Instance, null)]));

        await Ends.InSecuredToolAsync(server, name, says);
    }

    /// <summary>A delegate of an inherited method says its base class when the call is not intercepted, and the base class declares nothing.</summary>
    [Fact]
    public Task Given_an_inherited_method_by_a_creation_that_is_not_intercepted_then_the_server_does_not_start() =>
        Ends.InNoStartAsync(static b => b.Services.AddSingleton(NotIntercepted(new WritingHeir().Inherited, null)), "route_inherited", "RouteBase");

    private static McpServerTool NotIntercepted(Delegate method, McpServerToolCreateOptions? options)
    {
        Func<Delegate, McpServerToolCreateOptions?, McpServerTool> create = McpServerTool.Create;
        return create(method, options);
    }

    private static McpServerToolCreateOptions Named(string name) => new() { Name = name };

    private static McpServerToolCreateOptions Forged() => new() { Name = "made", Metadata = [Static] };

    private sealed class WrappingFunction(AIFunction inner) : DelegatingAIFunction(inner)
    {
        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            RawEffects.Ran();
            return base.InvokeCoreAsync(arguments, cancellationToken);
        }
    }

    /// <summary>The SDK reflects the method of a delegate and forgets what the delegate has closed over.</summary>
    private static Delegate Closed() => Delegate.CreateDelegate(
        typeof(Func<string>), "closed", typeof(RouteTools).GetMethod(nameof(RouteTools.Static))!);
}

/// <summary>Route 26 for prompts.</summary>
public sealed class CreatePromptRouteTests
{
    private static readonly MethodInfo Instance = typeof(RoutePrompts).GetMethod(nameof(RoutePrompts.Instance))!;

    public static TheoryData<string, Func<McpServerPrompt>, string, string> Good => new()
    {
        { "delegate of a static method", static () => McpServerPrompt.Create((Delegate)RoutePrompts.Static), "route_prompt_static", "{0}" },
        { "delegate of an instance method", static () => McpServerPrompt.Create((Delegate)new RoutePrompts(new Voice("given")).Instance), "route_prompt_instance", "given:{0}" },
        { "method and target", static () => McpServerPrompt.Create(Instance, new RoutePrompts(new Voice("given"))), "route_prompt_instance", "given:{0}" },
        { "method and factory", static () => McpServerPrompt.Create(Instance, static _ => new RoutePrompts(new Voice("given"))), "route_prompt_instance", "given:{0}" },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public Task Given_a_declared_method_then_its_prompt_is_secured(string form, Func<McpServerPrompt> create, string name, string says)
    {
        Assert.NotEmpty(form);
        return Ends.InSecuredPromptAsync(b => b.Services.AddSingleton(create()), name, says);
    }

    public static TheoryData<string, Func<McpServerPrompt>> Raw => new()
    {
        { "lambda", static () => McpServerPrompt.Create(static (string text) => RawEffects.Ran() + text, new McpServerPromptCreateOptions { Name = "made" }) },
        { "AIFunction", static () => McpServerPrompt.Create(AIFunctionFactory.Create(static (string text) => RawEffects.Ran() + text), new McpServerPromptCreateOptions { Name = "made" }) },
        { "AIFunction with forged metadata", static () => McpServerPrompt.Create(AIFunctionFactory.Create(static (string text) => RawEffects.Ran() + text), new McpServerPromptCreateOptions { Name = "made", Metadata = [Instance] }) },
        { "method of another assembly", static () => McpServerPrompt.Create(typeof(RawPromptClass).GetMethod("Prompt")!, target: null, new McpServerPromptCreateOptions { Name = "made" }) },
        { "undeclared method", static () => McpServerPrompt.Create((Delegate)UndeclaredPrompts.Prompt, new McpServerPromptCreateOptions { Name = "made" }) },
        { "delegating subclass", static () => new DelegatingPrompt(McpServerPrompt.Create((Delegate)RoutePrompts.Static, new McpServerPromptCreateOptions { Name = "made" })) },
    };

    [Theory]
    [MemberData(nameof(Raw), DisableDiscoveryEnumeration = true)]
    public Task Given_anything_else_then_the_server_does_not_start(string form, Func<McpServerPrompt> create)
    {
        Assert.NotEmpty(form);
        return Ends.InNoStartAsync(b => b.Services.AddSingleton(create()), "prompt 'made'");
    }
}

/// <summary>Route 26 for resources.</summary>
public sealed class CreateResourceRouteTests
{
    private static readonly MethodInfo Instance = typeof(RouteResources).GetMethod(nameof(RouteResources.Instance))!;

    public static TheoryData<string, Func<McpServerResource>, string, string> Good => new()
    {
        { "delegate of a static method", static () => McpServerResource.Create((Delegate)RouteResources.Static), "route://static/", "{0}" },
        { "delegate of an instance method", static () => McpServerResource.Create((Delegate)new RouteResources(new Voice("given")).Instance), "route://instance/", "given:{0}" },
        { "method and target", static () => McpServerResource.Create(Instance, new RouteResources(new Voice("given"))), "route://instance/", "given:{0}" },
        { "method and factory", static () => McpServerResource.Create(Instance, static _ => new RouteResources(new Voice("given"))), "route://instance/", "given:{0}" },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public Task Given_a_declared_method_then_its_resource_is_secured(string form, Func<McpServerResource> create, string prefix, string says)
    {
        Assert.NotEmpty(form);
        return Ends.InSecuredResourceAsync(b => b.Services.AddSingleton(create()), prefix, says);
    }

    public static TheoryData<string, Func<McpServerResource>> Raw => new()
    {
        { "lambda", static () => McpServerResource.Create(static (string text) => RawEffects.Ran() + text, At()) },
        { "AIFunction", static () => McpServerResource.Create(AIFunctionFactory.Create(static (string text) => RawEffects.Ran() + text), At()) },
        { "AIFunction with forged metadata", static () => McpServerResource.Create(AIFunctionFactory.Create(static (string text) => RawEffects.Ran() + text), At([Instance])) },
        { "method of another assembly", static () => McpServerResource.Create(typeof(RawResourceClass).GetMethod("Item")!, new RawResourceClass(), At()) },
        { "undeclared method", static () => McpServerResource.Create((Delegate)UndeclaredResources.Resource, At()) },
        { "delegating subclass", static () => new DelegatingResource(McpServerResource.Create((Delegate)RouteResources.Static, At())) },
    };

    [Theory]
    [MemberData(nameof(Raw), DisableDiscoveryEnumeration = true)]
    public Task Given_anything_else_then_the_server_does_not_start(string form, Func<McpServerResource> create)
    {
        Assert.NotEmpty(form);
        return Ends.InNoStartAsync(b => b.Services.AddSingleton(create()), "resource 'made://");
    }

    private static McpServerResourceCreateOptions At(IReadOnlyList<object>? metadata = null) =>
        new() { UriTemplate = "made://{text}", Name = "made", Metadata = metadata };
}
