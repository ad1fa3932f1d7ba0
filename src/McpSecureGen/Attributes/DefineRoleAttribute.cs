namespace McpSecureGen;

/// <summary>Defines a role: the capabilities that a token with this role in its <c>roles</c> claim holds.</summary>
/// <remarks>
/// Only roles of the assembly that hosts the server and of its configuration (<c>McpSecurity:Roles</c>) count; a referenced library cannot grant.
/// A role named in both places has the capabilities of both. An unknown capability or a role defined twice stops the server at start-up.
/// </remarks>
/// <param name="name">The role, as it stands in the token.</param>
/// <param name="capabilities">What its holder may do.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DefineRoleAttribute(string name, params string[] capabilities) : Attribute
{
    /// <summary>The role's name.</summary>
    public string Name { get; } = name;

    /// <summary>The capabilities it grants.</summary>
    public IReadOnlyList<string> Capabilities { get; } = capabilities;

    /// <summary>The namespaces in which the grant counts; empty: in all.</summary>
    public string[] Namespaces { get; set; } = [];
}
