namespace McpSecureGen;

/// <summary>The library's annotation as a word without meaning, so that both servers compile from the same files.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class RequiresCapabilityAttribute(params string[] capabilities) : Attribute
{
    public string[] Capabilities { get; } = capabilities;
}

/// <summary>The same for the vocabulary.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class DefineCapabilityAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    public string? Description { get; set; }
}
