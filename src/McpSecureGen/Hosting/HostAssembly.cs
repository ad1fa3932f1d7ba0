using System.Reflection;

namespace McpSecureGen.Hosting;

/// <summary>An assembly that hosts a server: the only kind whose roles count.</summary>
internal sealed record HostAssembly(Assembly Assembly);
