using System.Security.Claims;
using System.Text.Json.Nodes;

namespace McpSecureGen.Identity;

/// <summary>Where a credential of one call may be looked for.</summary>
/// <param name="Meta">The call's <c>_meta</c>.</param>
/// <param name="AmbientAllowed">
/// Whether the process's own credentials stand for the caller: true over stdio, where one client started this process for itself; false where several
/// clients share it (MCP 2026-07-28, authorization: stdio takes credentials from the environment, HTTP does not).
/// </param>
/// <param name="Services">The call's services, for sources of other transports.</param>
/// <param name="User">Whom the transport authenticated, as it stands in the message; null over a pipe.</param>
public readonly record struct CredentialRequest(JsonObject? Meta, bool AmbientAllowed, IServiceProvider? Services, ClaimsPrincipal? User = null);
