using System.Reflection;
using System.Reflection.Emit;

namespace McpSecureGen.Cli.Tests.Support;

/// <summary>Writes the assembly of a server that declares capabilities and roles and does nothing else.</summary>
internal static class ServerAssembly
{
    public static string Write(string folder, string name, string[]? capabilities = null, (string Name, string[] Capabilities, string[] Namespaces)[]? roles = null)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        foreach (var capability in capabilities ?? [])
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(DefineCapabilityAttribute).GetConstructors()[0], [capability]));
        }

        var namespaces = typeof(DefineRoleAttribute).GetProperty(nameof(DefineRoleAttribute.Namespaces))!;
        foreach (var role in roles ?? [])
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(
                typeof(DefineRoleAttribute).GetConstructors()[0], [role.Name, role.Capabilities], [namespaces], [role.Namespaces]));
        }

        assembly.DefineDynamicModule(name);
        var path = Path.Combine(folder, name + ".dll");
        assembly.Save(path);
        return path;
    }
}
