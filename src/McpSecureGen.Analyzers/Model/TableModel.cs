using McpSecureGen.Analyzers.Infrastructure;
using McpSecureGen.Analyzers.Parsing;

namespace McpSecureGen.Analyzers.Model;

/// <summary>One line of the table: a key and the wrapper it leads to.</summary>
internal sealed record TableEntry(PrimitiveKind Kind, string Key, string Name);

/// <summary>A primitive that cannot keep the name made of its class and method.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its key.</param>
/// <param name="Name">The name it gets instead; null when it gets no wrapper.</param>
internal sealed record NameException(PrimitiveKind Kind, string Key, string? Name);

/// <summary>What the assembly defines besides primitives.</summary>
/// <param name="Capabilities">Of the assembly and of those it references.</param>
/// <param name="Roles">Of the assembly alone: a library cannot grant.</param>
/// <param name="HasOwn">Whether the assembly itself defines any.</param>
internal sealed record DefinitionsModel(EquatableArray<CapabilityDefinition> Capabilities, EquatableArray<RoleDefinition> Roles, bool HasOwn);

/// <summary>One intercepted call.</summary>
/// <param name="Route">Which of the SDK's methods it calls.</param>
/// <param name="Kind">Of what kind of primitive, where the method is about one.</param>
/// <param name="Attribute">The <c>InterceptsLocation</c> attribute for it.</param>
/// <param name="Location">Where it stands, for the reader.</param>
internal sealed record InterceptionModel(InterceptedRoute Route, PrimitiveKind Kind, string Attribute, string Location);

/// <summary>The SDK's methods that are intercepted.</summary>
internal enum InterceptedRoute
{
    AddMcpServer,
    CreateServer,
    WithType,
    WithTarget,
    WithTypes,
    FromAssembly,
    CreateFromDelegate,
    CreateFromMethod,
    CreateFromFactory,
    WithHttpTransport,
    WithStdioTransport,
    WithStreamTransport,
}
