using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpSecureGen.Hosting.Guard;
using McpSecureGen.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Server;

namespace McpSecureGen.Metadata;

/// <summary>
/// The protected resource metadata (RFC 9728), made of the settings and of what the primitives of the server declare. Nothing in it comes from the
/// request: a document that repeats the <c>Host</c> sends clients wherever an attacker likes.
/// </summary>
internal sealed class ResourceMetadataDocument(ResourceIdentity identity, IOptions<McpServerOptions> server, McpRoutes routes)
{
    private static readonly JsonTypeInfo<ProtectedResourceMetadata> DocumentType =
        (JsonTypeInfo<ProtectedResourceMetadata>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ProtectedResourceMetadata));

    private readonly Lazy<byte[]> _document = new(() => JsonSerializer.SerializeToUtf8Bytes(Make(identity, server.Value), DocumentType));

    /// <summary>
    /// Whether a path behind the well-known one names the resource: none, that of the audience, that of an MCP endpoint. Two paths besides the own one,
    /// because clients that were not told where the metadata is try them in turn (MCP authorization, discovery).
    /// </summary>
    internal bool IsOf(PathString resource)
    {
        if (!resource.HasValue || resource == "/")
        {
            return true;
        }

        return string.Equals(ResourceUri.TryParse(identity.Audience)?.AbsolutePath, resource.ToUriComponent(), StringComparison.Ordinal) || routes.Matches(resource);
    }

    internal Task WriteAsync(HttpContext context)
    {
        var document = _document.Value;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        context.Response.Headers.CacheControl = "public, max-age=300";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        AllowEveryOrigin(context);
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(document, context.RequestAborted).AsTask();
    }

    /// <summary>
    /// Lets a page of any origin read the document (Fetch standard, CORS protocol): clients in browsers look for it before they have a token, and it is
    /// public and the same for everyone.
    /// </summary>
    internal static Task AllowAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        AllowEveryOrigin(context);
        context.Response.Headers.AccessControlAllowMethods = "GET";
        context.Response.Headers.AccessControlAllowHeaders = "MCP-Protocol-Version";
        context.Response.Headers.AccessControlMaxAge = "300";
        return Task.CompletedTask;
    }

    /// <summary>Without credentials: <c>*</c> stands for a request that brings none.</summary>
    private static void AllowEveryOrigin(HttpContext context) => context.Response.Headers.AccessControlAllowOrigin = "*";

    private static ProtectedResourceMetadata Make(ResourceIdentity identity, McpServerOptions server) => new()
    {
        Resource = identity.Audience,
        AuthorizationServers = [.. identity.Issuers.Where(static issuer => ResourceUri.TryParse(issuer) is not null)],
        ScopesSupported = [.. TransportOperation.Capabilities(server)],
        BearerMethodsSupported = ["header"],
        DpopSigningAlgValuesSupported = identity.AsksForProof ? [.. ResourceIdentity.ProofAlgorithms] : null,
        DpopBoundAccessTokensRequired = identity.AlwaysRequiresProof ? true : null,
        ResourceName = server.ServerInfo?.Title ?? server.ServerInfo?.Name,
    };
}
