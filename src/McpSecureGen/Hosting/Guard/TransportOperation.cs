using McpSecureGen.Capabilities;
using McpSecureGen.Invocation;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpSecureGen.Hosting.Guard;

/// <summary>What one message asks for, as far as a transport can tell before the server sees it.</summary>
/// <param name="Method">The protocol method.</param>
/// <param name="Primitive">What stands in the record: a name, or the template of a resource and never the URI that was asked for.</param>
/// <param name="Namespace">The isolation unit of the primitive.</param>
/// <param name="Requirement">
/// What its caller must hold, where the transport may say so. Null for a resource too: whether one exists is a secret to those who may not read it, so
/// no answer of the transport may depend on it.
/// </param>
internal sealed record TransportOperation(string Method, string? Primitive, string? Namespace, CapabilityRequirement? Requirement)
{
    /// <summary>Whether only a token that is bound to its holder's key may be used; false where <see cref="Requirement"/> may not be told.</summary>
    internal bool NeedsSenderConstraint { get; private init; }

    /// <summary>Looks the operation up in the primitives that every session of the server has.</summary>
    /// <remarks>
    /// What a session callback or later code adds is not found here. The wrapper decides there as everywhere; only the earlier answer is missing.
    /// </remarks>
    internal static TransportOperation Of(McpServerOptions server, SecurityServices security, string method, string? name)
    {
        var gate = name is null ? null : Gate(server, method, name);
        if (gate is null || gate.Security != security)
        {
            return new TransportOperation(method, name is null ? null : ArgumentEnvelope.Printable(name), null, null);
        }

        var isResource = method is not (RequestMethods.ToolsCall or RequestMethods.PromptsGet);
        return new TransportOperation(method, gate.Name, gate.Policy.Namespace, isResource ? null : gate.Requirement)
        {
            NeedsSenderConstraint = !isResource && gate.NeedsSenderConstraint,
        };
    }

    /// <summary>Every capability that a primitive of the server demands, sorted.</summary>
    internal static string[] Capabilities(McpServerOptions server) =>
    [
        .. (server.ToolCollection?.ToArray() ?? []).OfType<SecuredTool>().Select(static tool => tool.Gate)
            .Concat((server.PromptCollection?.ToArray() ?? []).OfType<SecuredPrompt>().Select(static prompt => prompt.Gate))
            .Concat((server.ResourceCollection?.ToArray() ?? []).OfType<SecuredResource>().Select(static resource => resource.Gate))
            .SelectMany(static gate => gate.Requirement.Names)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static PrimitiveGate? Gate(McpServerOptions server, string method, string name) => method switch
    {
        RequestMethods.ToolsCall => server.ToolCollection is { } tools && tools.TryGetPrimitive(name, out var tool) ? (tool as SecuredTool)?.Gate : null,
        RequestMethods.PromptsGet => server.PromptCollection is { } prompts && prompts.TryGetPrimitive(name, out var prompt) ? (prompt as SecuredPrompt)?.Gate : null,
        RequestMethods.ResourcesRead or RequestMethods.ResourcesSubscribe or RequestMethods.ResourcesUnsubscribe =>
            server.ResourceCollection?.OfType<SecuredResource>().FirstOrDefault(resource => resource.IsMatch(name))?.Gate,
        _ => null,
    };
}
