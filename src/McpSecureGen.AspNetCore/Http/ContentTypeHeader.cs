using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace McpSecureGen.Http;

/// <summary>
/// Whether a message says it is JSON in UTF-8. A browser sends the other types across origins without asking first (CVE-2026-33252), and another charset
/// would make the server read other text than was checked.
/// </summary>
internal static class ContentTypeHeader
{
    internal static bool IsJson(StringValues header) =>
        header.Count == 1 && MediaTypeHeaderValue.TryParse(header[0], out var type) &&
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) &&
        type.Parameters.Count <= 1 && type.Parameters.All(static parameter =>
            parameter.Name.Equals("charset", StringComparison.OrdinalIgnoreCase) &&
            HeaderUtilities.RemoveQuotes(parameter.Value).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
