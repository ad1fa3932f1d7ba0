using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using McpSecureGen.Analyzers.Parsing;

namespace McpSecureGen.Analyzers.Emission;

/// <summary>Writes the wrapper of one primitive.</summary>
internal static class WrapperEmitter
{
    private const string Invocation = "global::McpSecureGen.Invocation.";

    public static string Emit(PrimitiveModel model)
    {
        var kind = model.Kind.ToString();
        var writer = GeneratedFile.Begin(
            $"Made by McpSecureGen for {model.Signature}.",
            "It authenticates and authorizes the caller, reads and checks each argument strictly, records the attempt and",
            "only then calls the method. Change the method and its attributes; this file follows.");
        writer.Line($"namespace {GeneratedFile.Namespace};").Line();
        if (model.UsesObsolete)
        {
            writer.Line("[global::System.Obsolete]");
        }

        writer.OpenBlock($"internal sealed class {model.Name} : {Invocation}Secured{kind}");
        writer.Line($"internal const string Key = {Literals.Text(model.Key)};").Line();
        var end = model.Limits.IsEmpty ? ");" : ")";
        writer.Line($"private static readonly {Invocation}PrimitivePolicy Policy = new(").Indent()
            .Line("Key,")
            .Line($"{Literals.Text(model.Namespace)},")
            .Line($"{Literals.Texts(model.Capabilities)},")
            .Line($"waiver: {Literals.Text(model.Waiver)}{(model.IsSensitive ? "," : end)}");
        if (model.IsSensitive)
        {
            writer.Line("isSensitive: true" + end);
        }

        if (!model.Limits.IsEmpty)
        {
            writer.Unindent().OpenBlock();
            foreach (var limit in model.Limits)
            {
                writer.Line(limit + ",");
            }

            writer.CloseBlock(";").Indent();
        }

        writer.Unindent().Line();
        var arguments = model.Parameters.Where(static p => p.Argument is not null).ToArray();
        foreach (var parameter in arguments)
        {
            writer.Line($"private readonly {Invocation}Argument<{parameter.Type}> {Field(parameter)};");
        }

        if (arguments.Length > 0)
        {
            writer.Line();
        }

        Constructor(writer, model, kind, arguments);
        writer.Line();
        writer.Line($"protected override global::System.Collections.Generic.IReadOnlyList<{Invocation}IArgument> Arguments {{ get; }}").Line();
        Call(writer, model, kind, arguments);
        if (model.Invocation.Accessor is { } accessor)
        {
            writer.Line().Line(accessor);
        }

        ObjectRuleEmitter.Emit(writer, model, kind);
        return writer.CloseBlock().ToString();
    }

    private static void Constructor(SourceWriter writer, PrimitiveModel model, string kind, ParameterModel[] arguments)
    {
        writer.Line($"internal {model.Name}({Invocation}PrimitiveBinding<global::ModelContextProtocol.Server.McpServer{kind}> binding)").Indent()
            .Line(": base(binding, Policy)").Unindent().OpenBlock();
        if (!model.Objects.IsEmpty)
        {
            writer.Line("var objects = new ObjectRules(binding);");
        }

        foreach (var parameter in arguments)
        {
            var argument = parameter.Argument!;
            writer.Line($"{Field(parameter)} = {Invocation}Argument.{(argument.Default is null ? "Required" : "Optional")}<{parameter.Type}>(").Indent();
            writer.Line($"{Literals.Text(parameter.Name)},").Line($"{argument.Reader},");
            List<string> rest = [$"acceptsNull: {(argument.AcceptsNull ? "true" : "false")}"];
            if (argument.Default is { } value)
            {
                rest.Add(value == "default" ? $"default({parameter.Type})!" : value);
            }

            rest.AddRange(argument.Rules);
            for (var i = 0; i < rest.Count; i++)
            {
                // A named argument may be followed by positional ones only while it stands in its own place.
                writer.Line(rest[i] + (i < rest.Count - 1 ? "," : $"){(argument.IsSensitive ? ".Sensitive()" : "")}{(argument.MayBeService ? ".OrService()" : "")};"));
            }

            writer.Unindent();
        }

        writer.Line($"Arguments = [{string.Join(", ", arguments.Select(Field))}];");
        writer.CloseBlock();
    }

    private static void Call(SourceWriter writer, PrimitiveModel model, string kind, ParameterModel[] arguments)
    {
        var invocation = model.Invocation;
        var isAsync = model.Waits || (!invocation.IsSdkOnly && invocation.Return is ReturnShape.Task or ReturnShape.TaskOfValue);
        writer.Line($"protected override {(isAsync ? "async " : "")}global::System.Threading.Tasks.ValueTask<object?> CallAsync(").Indent()
            .Line($"{Invocation}{kind}Call call, global::System.Threading.CancellationToken cancellationToken)").Unindent().OpenBlock();
        writer.Line("var arguments = call.Arguments;");
        foreach (var parameter in arguments)
        {
            writer.Line($"var {Local(parameter)} = {FieldIn(arguments, parameter)}.Read(ref arguments);");
        }

        foreach (var parameter in arguments.Where(static p => p.Argument!.Conceals is not null))
        {
            writer.Line(parameter.Argument!.Conceals!.Replace(Concealment.Value, Local(parameter)));
        }

        var accept = model.Waits ? "await call.AcceptAsync(arguments, cancellationToken).ConfigureAwait(false)" : "call.Accept(ref arguments)";
        writer.OpenBlock($"if (!{accept})").Line(isAsync ? "return null;" : "return default;").CloseBlock().Line();
        if (invocation.IsSdkOnly)
        {
            writer.Line("// Only the SDK can call this method (MCPSEC9001): it binds again, from the values found good.");
            PutAll(writer, arguments);
            writer.Line(InvokeSdk(isAsync)).CloseBlock();
            return;
        }

        if (!invocation.IsSimple)
        {
            writer.OpenBlock("if (!call.IsDirect)");
            writer.Line("// Registered by an unknown route: the SDK knows the target and binds again, from the values found good.");
            PutAll(writer, arguments);
            writer.Line(InvokeSdk(isAsync)).CloseBlock().Line();
        }

        foreach (var parameter in arguments.Where(static p => p.Argument!.MayBeService))
        {
            writer.Line($"{Local(parameter)} = {FieldIn(arguments, parameter)}.OrService(call, {Local(parameter)});");
        }

        var values = model.Parameters.Select(static p => p.Injected ?? Local(p));
        var expression = invocation switch
        {
            { Accessor: not null } => $"InvokeMethod({string.Join(", ", new[] { invocation.AccessorSelf }.Concat(values))})",
            { TargetType: { } target } => $"(({target})call.Target()).{invocation.Call}({string.Join(", ", values)})",
            _ => $"{invocation.Call}({string.Join(", ", values)})",
        };
        foreach (var line in Return(invocation.Return, expression, isAsync))
        {
            writer.Line(line);
        }

        writer.CloseBlock();
    }

    private static string InvokeSdk(bool isAsync) =>
        isAsync ? "return await call.InvokeSdkAsync(cancellationToken).ConfigureAwait(false);" : "return call.InvokeSdkAsync(cancellationToken);";

    private static IEnumerable<string> Return(ReturnShape shape, string expression, bool isAsync) => shape switch
    {
        ReturnShape.Nothing => [$"{expression};", isAsync ? "return null;" : "return default;"],
        ReturnShape.Value => [isAsync ? $"return {expression};" : $"return new((object?){expression});"],
        ReturnShape.Task => [$"await {expression}.ConfigureAwait(false);", "return null;"],
        _ => [$"return await {expression}.ConfigureAwait(false);"],
    };

    private static void PutAll(SourceWriter writer, ParameterModel[] arguments)
    {
        foreach (var parameter in arguments)
        {
            writer.Line($"call.Put({FieldIn(arguments, parameter)}, {Local(parameter)});");
        }
    }

    private static string Field(ParameterModel parameter) => "_" + parameter.Name;

    /// <summary>A field where locals are in scope: <c>_a</c> and <c>aValue</c> as parameters make a local and a field of one name.</summary>
    private static string FieldIn(ParameterModel[] arguments, ParameterModel parameter) =>
        arguments.Any(other => Local(other) == Field(parameter)) ? "this." + Field(parameter) : Field(parameter);

    private static string Local(ParameterModel parameter) => parameter.Name + "Value";
}
