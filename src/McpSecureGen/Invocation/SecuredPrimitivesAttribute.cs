using ModelContextProtocol.Server;

namespace McpSecureGen.Invocation;

/// <summary>
/// The table from a primitive's key to its generated wrapper. Each assembly with primitives carries one generated subclass as an assembly
/// attribute, and only the assembly that declares a method is asked for it: nobody vouches for the methods of another.
/// </summary>
/// <remarks>An attribute rather than a static registry, because it has no start-up order, works trimmed and ahead of time, and nothing can be added to it.</remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public abstract class SecuredPrimitivesAttribute : Attribute
{
    /// <summary>The definitions of this assembly and of those it references, as the compiler saw them.</summary>
    public virtual IReadOnlyList<DefineCapabilityAttribute> Capabilities => [];

    /// <summary>The roles this assembly defines.</summary>
    public virtual IReadOnlyList<DefineRoleAttribute> Roles => [];

    /// <summary>The keys of its tools.</summary>
    public virtual IReadOnlyList<string> Tools => [];

    /// <summary>The keys of its prompts.</summary>
    public virtual IReadOnlyList<string> Prompts => [];

    /// <summary>The keys of its resources.</summary>
    public virtual IReadOnlyList<string> Resources => [];

    /// <summary>The wrapper of a tool, or <see langword="null"/> when the assembly has none under that key.</summary>
    public virtual SecuredTool? CreateTool(string key, PrimitiveBinding<McpServerTool> binding) => null;

    /// <summary>The wrapper of a prompt, or <see langword="null"/>.</summary>
    public virtual SecuredPrompt? CreatePrompt(string key, PrimitiveBinding<McpServerPrompt> binding) => null;

    /// <summary>The wrapper of a resource, or <see langword="null"/>.</summary>
    public virtual SecuredResource? CreateResource(string key, PrimitiveBinding<McpServerResource> binding) => null;
}
