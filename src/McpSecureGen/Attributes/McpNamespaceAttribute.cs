namespace McpSecureGen;

/// <summary>
/// Names the isolation unit of a class of tools, prompts or resources. Grants can be limited to namespaces
/// (<see cref="DefineRoleAttribute.Namespaces"/>), and every audit record carries it.
/// </summary>
/// <remarks>Without the attribute the namespace is the class name in kebab-case: <c>FileTools</c> becomes <c>file-tools</c>.</remarks>
/// <param name="name">Lower-case letters, digits and hyphens, for instance <c>files</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class McpNamespaceAttribute(string name) : Attribute
{
    /// <summary>The namespace.</summary>
    public string Name { get; } = name;
}
