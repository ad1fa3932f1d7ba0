using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;

namespace McpSecureGen.Analyzers.Emission;

/// <summary>Writes the interceptors: one method per method of the SDK, with a location for each call of it.</summary>
internal static class InterceptorEmitter
{
    private const string Calls = "global::McpSecureGen.Hosting.Registration.InterceptedCalls.";
    private const string Builder = "global::Microsoft.Extensions.DependencyInjection.IMcpServerBuilder";
    private const string BuilderExtensions = "global::Microsoft.Extensions.DependencyInjection.McpServerBuilderExtensions.";
    private const string Server = "global::ModelContextProtocol.Server.";
    private const string Options = "global::System.Text.Json.JsonSerializerOptions? serializerOptions = null";
    private const string HostAssembly = $"typeof(global::{GeneratedFile.Namespace}.SecuredPrimitivesAttribute).Assembly";

    public static string Emit(EquatableArray<InterceptionModel> interceptions)
    {
        var writer = GeneratedFile.Begin(
            "Made by McpSecureGen: each call below still calls the SDK's own method. Besides, it installs the guard, or notes on",
            "which object and with which serializer options a primitive runs. Nothing depends on it for security but the guard itself.");
        writer.OpenBlock($"namespace {GeneratedFile.Namespace}");
        writer.OpenBlock("file static class Interceptors");
        var isFirst = true;
        foreach (var route in interceptions.GroupBy(static i => (i.Route, i.Kind)).OrderBy(static g => g.Key.Route).ThenBy(static g => g.Key.Kind))
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            foreach (var call in route.OrderBy(static call => call.Location, StringComparer.Ordinal).ThenBy(static call => call.Attribute, StringComparer.Ordinal))
            {
                writer.Line($"{call.Attribute} // {call.Location}");
            }

            writer.Line(Method(route.Key.Route, route.Key.Kind));
        }

        writer.CloseBlock().CloseBlock().Line();
        return writer.Line("""
            namespace System.Runtime.CompilerServices
            {
                [global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]
                file sealed class InterceptsLocationAttribute(int version, string data) : global::System.Attribute;
            }
            """).ToString();
    }

    private static string Method(InterceptedRoute route, PrimitiveKind kind)
    {
        // The SDK's resources take no serializer options.
        var options = kind == PrimitiveKind.Resource ? "" : ", " + Options;
        var pass = kind == PrimitiveKind.Resource ? "" : ", serializerOptions";
        var note = kind == PrimitiveKind.Resource ? "" : ", options: serializerOptions";
        const string noted = "options?.SerializerOptions";
        var parameters = kind switch
        {
            PrimitiveKind.Tool => "CallToolRequestParams",
            PrimitiveKind.Prompt => "GetPromptRequestParams",
            _ => "ReadResourceRequestParams",
        };
        var primitive = $"{Server}McpServer{kind}";
        var createOptions = $"{primitive}CreateOptions? options = null";
        var kept = "global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes.";
        var methods = $"{kept}PublicMethods | {kept}NonPublicMethods";
        return route switch
        {
            InterceptedRoute.AddMcpServer => $"""
                internal static {Builder} AddMcpServer(
                    this global::Microsoft.Extensions.DependencyInjection.IServiceCollection services,
                    global::System.Action<{Server}McpServerOptions>? configureOptions = null) =>
                    {Calls}AddMcpServer(
                        global::Microsoft.Extensions.DependencyInjection.McpServerServiceCollectionExtensions.AddMcpServer(services, configureOptions),
                        {HostAssembly});
                """,
            InterceptedRoute.CreateServer => $"""
                internal static {Server}McpServer CreateServer(
                    global::ModelContextProtocol.Protocol.ITransport transport,
                    {Server}McpServerOptions serverOptions,
                    global::Microsoft.Extensions.Logging.ILoggerFactory? loggerFactory = null,
                    global::System.IServiceProvider? serviceProvider = null) =>
                    {Calls}CreateServer(transport, serverOptions, loggerFactory, serviceProvider, {HostAssembly});
                """,
            InterceptedRoute.WithHttpTransport => $"""
                internal static {Builder} WithHttpTransport(
                    this {Builder} builder,
                    global::System.Action<global::ModelContextProtocol.AspNetCore.HttpServerTransportOptions>? configureOptions = null) =>
                    global::McpSecureGen.Hosting.InterceptedHttpCalls.WithHttpTransport(
                        global::Microsoft.Extensions.DependencyInjection.HttpMcpServerBuilderExtensions.WithHttpTransport(builder, configureOptions));
                """,
            InterceptedRoute.WithStdioTransport => $"""
                internal static {Builder} WithStdioServerTransport(this {Builder} builder) =>
                    {Calls}WithStdioServerTransport({BuilderExtensions}WithStdioServerTransport(builder));
                """,
            InterceptedRoute.WithStreamTransport => $"""
                internal static {Builder} WithStreamServerTransport(
                    this {Builder} builder, global::System.IO.Stream inputStream, global::System.IO.Stream outputStream) =>
                    {Calls}WithStreamServerTransport(
                        {BuilderExtensions}WithStreamServerTransport(builder, global::System.IO.Stream.Null, global::System.IO.Stream.Null),
                        inputStream,
                        outputStream);
                """,
            InterceptedRoute.WithType => $"""
                internal static {Builder} With{kind}s<[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers({methods} | {kept}PublicConstructors)] T>(
                    this {Builder} builder{options}) =>
                    {Calls}Register(builder, b => {BuilderExtensions}With{kind}s<T>(b{pass}){note});
                """,
            InterceptedRoute.WithTarget => $"""
                internal static {Builder} With{kind}s<[global::System.Diagnostics.CodeAnalysis.DynamicallyAccessedMembers({methods})] T>(
                    this {Builder} builder, T target{options}) =>
                    {Calls}Register(builder, b => {BuilderExtensions}With{kind}s<T>(b, target{pass}), target{note});
                """,
            InterceptedRoute.WithTypes => $"""
                internal static {Builder} With{kind}s(
                    this {Builder} builder, global::System.Collections.Generic.IEnumerable<global::System.Type> types{options}) =>
                    {Calls}Register(builder, b => {BuilderExtensions}With{kind}s(b, types{pass}){note});
                """,
            InterceptedRoute.FromAssembly => $"""
                internal static {Builder} With{kind}sFromAssembly(
                    this {Builder} builder, global::System.Reflection.Assembly? assembly = null{options}) =>
                    {Calls}Register(builder, b => {BuilderExtensions}With{kind}sFromAssembly(b, assembly ?? {HostAssembly}{pass}){note});
                """,
            InterceptedRoute.CreateFromDelegate => $"""
                internal static {primitive} Create{kind}(global::System.Delegate method, {createOptions}) =>
                    {Calls}Made({primitive}.Create(method, options), method, {noted});
                """,
            InterceptedRoute.CreateFromMethod => $"""
                internal static {primitive} Create{kind}(
                    global::System.Reflection.MethodInfo method, object? target = null, {createOptions}) =>
                    {Calls}Made({primitive}.Create(method, target, options), method, target, {noted});
                """,
            _ => $"""
                internal static {primitive} Create{kind}(
                    global::System.Reflection.MethodInfo method,
                    global::System.Func<{Server}RequestContext<global::ModelContextProtocol.Protocol.{parameters}>, object> createTargetFunc,
                    {createOptions}) =>
                    {Calls}Made({primitive}.Create(method, createTargetFunc, options), method, createTargetFunc, {noted});
                """,
        };
    }
}
