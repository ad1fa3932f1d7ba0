using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Model;
using McpSecureGen.Analyzers.Parsing;

namespace McpSecureGen.Analyzers.Emission;

/// <summary>Writes the assembly attribute that is the table from keys to wrappers.</summary>
internal static class TableEmitter
{
    private const string Invocation = "global::McpSecureGen.Invocation.";

    public static string Emit(EquatableArray<TableEntry> entries, DefinitionsModel definitions)
    {
        var writer = GeneratedFile.Begin(
            "Made by McpSecureGen: the tools, prompts and resources of this assembly that have a policy.",
            "The guard asks it for the wrapper of each primitive of a server; what is not here is refused.");
        writer.Line($"[assembly: global::{GeneratedFile.Namespace}.SecuredPrimitives]").Line();
        writer.Line($"namespace {GeneratedFile.Namespace};").Line();
        writer.Line("[global::System.AttributeUsage(global::System.AttributeTargets.Assembly)]");
        writer.OpenBlock($"internal sealed class SecuredPrimitivesAttribute : {Invocation}SecuredPrimitivesAttribute");
        var isFirst = true;
        if (!definitions.Capabilities.IsEmpty)
        {
            Separate();
            List("DefineCapabilityAttribute", "Capabilities", definitions.Capabilities.Select(static c =>
                $"new({Literals.Text(c.Name)}) {{ Description = {Literals.Text(c.Description)}, Implies = {Literals.Texts(c.Implies)} }},"));
        }

        if (!definitions.Roles.IsEmpty)
        {
            Separate();
            List("DefineRoleAttribute", "Roles", definitions.Roles.Select(static r =>
                $"new({Literals.Text(r.Name)}, {Literals.Texts(r.Capabilities)}) {{ Namespaces = {Literals.Texts(r.Namespaces)} }},"));
        }

        foreach (var kind in new[] { PrimitiveKind.Tool, PrimitiveKind.Prompt, PrimitiveKind.Resource })
        {
            var ofKind = entries.Where(entry => entry.Kind == kind).ToArray();
            if (ofKind.Length == 0)
            {
                continue;
            }

            Separate();
            writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<string> {kind}s {{ get; }} =").Line("[").Indent();
            foreach (var entry in ofKind)
            {
                writer.Line($"{entry.Name}.Key,");
            }

            writer.Unindent().Line("];").Line();
            writer.Line($"public override {Invocation}Secured{kind}? Create{kind}(").Indent()
                .Line($"string key, {Invocation}PrimitiveBinding<global::ModelContextProtocol.Server.McpServer{kind}> binding) => key switch").Unindent().OpenBlock();
            foreach (var entry in ofKind)
            {
                writer.Line($"{entry.Name}.Key => new {entry.Name}(binding),");
            }

            writer.Line("_ => null,").CloseBlock(";");
        }

        return writer.CloseBlock().ToString();

        void Separate()
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
        }

        void List(string type, string property, IEnumerable<string> items)
        {
            writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<global::McpSecureGen.{type}> {property} {{ get; }} =").Line("[").Indent();
            foreach (var item in items)
            {
                writer.Line(item);
            }

            writer.Unindent().Line("];");
        }
    }
}
