namespace McpSecureGen;

/// <summary>Adds a capability to the vocabulary of this assembly's server.</summary>
/// <remarks>
/// <para>A capability implies its own qualified forms (<c>read:files</c> implies <c>read:files/temp</c>) and what <see cref="Implies"/> says,
/// transitively. Nothing else: <c>read:files</c> and <c>read:file</c> are strangers.</para>
/// <para>A referenced library may define names of its own; defining a name twice with different meaning stops the server at start-up.</para>
/// </remarks>
/// <param name="name">The name, <c>verb:object</c> or <c>verb:object/qualifier</c>, lower case.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DefineCapabilityAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>What holding it allows, one sentence for the people who grant it.</summary>
    public string? Description { get; set; }

    /// <summary>The capabilities that its holder holds as well.</summary>
    public string[] Implies { get; set; } = [];
}
