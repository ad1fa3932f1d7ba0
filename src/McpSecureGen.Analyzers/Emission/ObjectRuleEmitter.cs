using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using McpSecureGen.Analyzers.Parsing;

namespace McpSecureGen.Analyzers.Emission;

/// <summary>Writes the rules of the complex types of one primitive, as classes nested in its wrapper.</summary>
internal static class ObjectRuleEmitter
{
    private const string Rules = "global::McpSecureGen.Validation.Rules.";
    private const string ValueRule = "global::McpSecureGen.Validation.IValueRule";

    public static void Emit(SourceWriter writer, PrimitiveModel model, string kind)
    {
        if (model.Objects.IsEmpty)
        {
            return;
        }

        var binding = $"global::McpSecureGen.Invocation.PrimitiveBinding<global::ModelContextProtocol.Server.McpServer{kind}>";
        writer.Line();
        writer.Line("/// <summary>The rules of all complex types, made first and filled then: types may hold each other.</summary>");
        writer.OpenBlock("private sealed class ObjectRules");
        foreach (var type in model.Objects)
        {
            writer.Line($"internal readonly {type.Name} {type.Name} = new();");
        }

        writer.Line().OpenBlock($"internal ObjectRules({binding} binding)");
        foreach (var type in model.Objects)
        {
            writer.Line($"{type.Name}.Fill(binding, this);");
        }

        writer.CloseBlock().CloseBlock();
        foreach (var type in model.Objects)
        {
            writer.Line();
            RuleClass(writer, type, binding);
        }
    }

    /// <summary>Members of the author's type become fields with an underscore; names without one are free for what else the class holds.</summary>
    private static void RuleClass(SourceWriter writer, ObjectModel type, string binding)
    {
        writer.OpenBlock($"private sealed class {type.Name} : {ValueRule}<{type.Type}>, global::McpSecureGen.Validation.ISchemaRule");
        foreach (var member in type.Members)
        {
            writer.Line($"private {Rules}Member<{member.Type}> _{member.Name} = null!;");
        }

        writer.Line($"private {Rules}Member<{type.Type}> own = null!;");
        writer.Line("private ObjectRules all = null!;").Line();
        writer.OpenBlock($"internal void Fill({binding} binding, ObjectRules objects)");
        writer.Line("all = objects;");
        foreach (var member in type.Members)
        {
            writer.Line($"_{member.Name} = new({Join(member.AcceptsNull, member.Rules)});");
        }

        writer.Line($"own = new({Join(true, type.Rules)});");
        writer.CloseBlock().Line();
        writer.OpenBlock(
            $"public bool TryApply(ref {type.Type} value, in global::McpSecureGen.Validation.ValidationScope scope, out global::McpSecureGen.Validation.RuleViolation violation)");
        foreach (var derived in type.Derived)
        {
            writer.OpenBlock($"if (value is {derived.Type})")
                .Line($"var derived = ({derived.Type})value;")
                .Line($"return all.{derived.Rule}.TryApply(ref derived, scope, out violation);")
                .CloseBlock().Line();
        }

        if (type.ShowsItself || !type.Rules.IsEmpty)
        {
            writer.Line("var within = scope.Within(value);");
        }

        foreach (var member in type.Members)
        {
            Member(writer, member, type.ShowsItself ? "within" : "scope");
        }

        writer.Line($"return own.TryApply(ref value, \"\", {(type.Rules.IsEmpty ? "scope" : "within")}, out violation);").CloseBlock();
        Describe(writer, type);
        foreach (var accessor in type.Members.Where(static m => m.Accessor is not null).Select(static m => m.Accessor!))
        {
            writer.Line().Line(accessor);
        }

        if (type.HasSensitive)
        {
            writer.Line();
            Conceal(writer, type);
        }

        writer.CloseBlock();
    }

    private static void Describe(SourceWriter writer, ObjectModel type)
    {
        writer.Line().OpenBlock("public void Describe(global::McpSecureGen.Validation.SchemaNode schema)");
        if (type.IsOpen)
        {
            writer.Line("schema.Open();");
        }

        foreach (var member in type.Members)
        {
            writer.Line($"schema.Member({Literals.Text(member.JsonName)}, _{member.Name});");
        }

        foreach (var derived in type.Derived)
        {
            writer.Line($"schema.Derived({derived.Discriminator}, all.{derived.Rule});");
        }

        writer.CloseBlock();
    }

    private static void Member(SourceWriter writer, MemberModel member, string scope)
    {
        writer.OpenBlock();
        writer.Line($"var member = value.{Identifiers.Escape(member.Name)};");
        if (member is { Replacement: not null, IsStruct: false })
        {
            writer.Line("var original = member;");
        }

        writer.OpenBlock($"if (!_{member.Name}.TryApply(ref member, {Literals.Text("." + member.JsonName)}, {scope}, out violation))").Line("return false;").CloseBlock();
        if (member is { Replacement: { } always, IsStruct: true })
        {
            // Its own idea of equality may leave the checked member out.
            writer.Line().Line(always);
        }
        else if (member.Replacement is { } replacement)
        {
            writer.Line().OpenBlock(member.Type == "string"
                    ? "if (!global::System.Collections.Generic.EqualityComparer<string>.Default.Equals(member, original))"
                    : "if (!object.ReferenceEquals(member, original))")
                .Line(replacement).CloseBlock();
        }

        writer.CloseBlock().Line();
    }

    private static void Conceal(SourceWriter writer, ObjectModel type)
    {
        writer.Line($"/// <summary>Keeps the sensitive members out of error messages.</summary>");
        Overload(type.Type + (type.IsValueType ? "" : "?"), () =>
        {
            if (!type.IsValueType)
            {
                writer.OpenBlock("if (value is null)").Line("return;").CloseBlock().Line();
            }

            foreach (var member in type.Members)
            {
                if (member.IsSensitive)
                {
                    writer.Line($"call.Conceal(value.{Identifiers.Escape(member.Name)});");
                }

                if (member.Conceals is { } inner)
                {
                    writer.Line(inner.Replace(Concealment.Value, "value." + Identifiers.Escape(member.Name)));
                }
            }

            foreach (var derived in type.Derived)
            {
                writer.OpenBlock($"if (value is {derived.Type} derived{derived.Rule})").Line($"{derived.Rule}.Conceal(call, derived{derived.Rule});").CloseBlock();
            }
        });
        if (type.IsValueType)
        {
            writer.Line();
            Overload(type.Type + "?", () => writer.OpenBlock("if (value is { } present)").Line("Conceal(call, present);").CloseBlock());
        }

        void Overload(string parameter, Action body)
        {
            writer.OpenBlock($"internal static void Conceal(global::McpSecureGen.Invocation.PrimitiveCall call, {parameter} value)");
            body();
            writer.CloseBlock();
        }
    }

    private static string Join(bool acceptsNull, EquatableArray<string> rules) =>
        string.Join(", ", new[] { acceptsNull ? "true" : "false" }.Concat(rules));
}
