using System.Text.Json;

namespace McpSecureGen.EndToEnd.Support;

/// <summary>A request of a client of the SDK was answered with 401 or 403.</summary>
internal sealed class HttpRefusedException(int status, string? challenge, string body) : Exception($"{status} {challenge} {body}")
{
    public int Status => status;

    public string? Challenge => challenge;

    /// <summary>The code of the JSON-RPC error.</summary>
    public int Code => JsonElement.Parse(body).GetProperty("error").GetProperty("code").GetInt32();
}
