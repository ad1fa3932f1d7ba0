using McpSecureGen.Audit;
using McpSecureGen.Identity;
using McpSecureGen.Invocation;
using McpSecureGen.Validation;

namespace McpSecureGen.Hosting;

/// <summary>Configuration section <c>McpSecurity</c>. A missing or contradictory setting stops the server at start-up and is named.</summary>
public sealed class McpSecurityOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string SectionName = "McpSecurity";

    /// <summary>Whose tokens are accepted.</summary>
    public AuthenticationOptions Authentication { get; set; } = new();

    /// <summary>Role name to capabilities, added to the roles of <see cref="DefineRoleAttribute"/>. An entry <c>files/read:files</c> grants in one namespace.</summary>
    public Dictionary<string, string[]> Roles { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Root name to folder, for <see cref="SafePathAttribute"/>.</summary>
    public Dictionary<string, RootOptions> Roots { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The hosts that any <see cref="SafeUrlAttribute"/> may name at most, in its notation (<c>api.example.com</c>, <c>.example.com</c>). Not set: what the
    /// attributes say. An empty list allows nothing and stops a server that has such an attribute.
    /// </summary>
    public string[]? Hosts { get; set; }

    /// <summary>Program name to absolute path, for <see cref="SafeExecutableAttribute"/> and <see cref="ToolProcess"/>.</summary>
    public Dictionary<string, string> Executables { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What is done to results before the client gets them.</summary>
    public OutputOptions Output { get; set; } = new();

    /// <summary>Bounds on arguments and calls.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>How what a client carries between two requests is authenticated.</summary>
    public ConfirmationOptions Confirmation { get; set; } = new();

    /// <summary>
    /// Whether a tool or prompt that the caller may not use is answered exactly like one that does not exist. Default <see langword="false"/>: the refusal
    /// names the missing capability, so that a client can ask for it. A resource is always answered so.
    /// </summary>
    public bool ConcealForbidden { get; set; }

    /// <summary>
    /// Methods outside the specification that the server answers through <c>McpServerOptions.RequestHandlers</c>, as extensions do (<c>tasks/get</c>).
    /// Each needs an authenticated caller; one that is not listed here stops the server at start-up, because no declaration says what it may do.
    /// </summary>
    public string[] AllowedRequestMethods { get; set; } = [];

    /// <summary>
    /// The same with the capabilities that a caller must hold: method to capabilities (<c>"my/method": ["read:files"]</c>). A method listed here need not be
    /// listed in <see cref="AllowedRequestMethods"/>. A grant limited to a namespace counts where the namespace is the method's name.
    /// </summary>
    public Dictionary<string, string[]> RequestMethods { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Notifications for which the server may have a handler of its own. Each needs an authenticated caller, and is dropped without one; one that is not
    /// listed here stops the server at start-up.
    /// </summary>
    public string[] AllowedNotifications { get; set; } = [];

    /// <summary>
    /// Whether message filters are allowed. They run before any check and can answer a request themselves, so a server with one does not start
    /// unless its operator has said so. Default <see langword="false"/>.
    /// </summary>
    public bool AllowMessageFilters { get; set; }

    /// <summary>Where attempts are recorded.</summary>
    public AuditOptions Audit { get; set; } = new();
}
