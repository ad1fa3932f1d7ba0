using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpSecureGen.Http;

/// <summary>Writes a refusal: the status, the challenge, and the JSON-RPC error that a call refused by its wrapper would get.</summary>
internal static class RefusalAnswer
{
    private static readonly JsonTypeInfo<JsonRpcError> ErrorType = (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError));

    internal static Task WriteAsync(HttpContext context, HttpRefusal refusal)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        var nonce = context.Response.Headers[DPoPChallenges.NonceHeader];
        context.Response.Clear();
        context.Response.Headers[DPoPChallenges.NonceHeader] = nonce;
        context.Response.StatusCode = refusal.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (refusal.Challenges.Count > 0)
        {
            context.Response.Headers.WWWAuthenticate = refusal.Challenges.ToArray();
        }

        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        var data = new JsonObject { ["reason"] = refusal.Reason };
        if (refusal.Detail is { } detail)
        {
            data["detail"] = detail;
        }

        if (refusal.Required is { } required)
        {
            data["required"] = new JsonArray([.. required.Select(static name => JsonValue.Create(name))]);
        }

        var error = new JsonRpcError { Id = refusal.Id, Error = new() { Code = refusal.Code, Message = refusal.Message, Data = data } };
        return context.Response.WriteAsJsonAsync(error, ErrorType, cancellationToken: context.RequestAborted);
    }
}
