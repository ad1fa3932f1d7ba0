using System.Net;
using Microsoft.Extensions.Logging;

namespace McpSecureGen.Validation.Urls;

/// <summary>What the operator is told where the caller hears one sentence for everything. Hosts are in ASCII form; paths and queries are never written.</summary>
internal static partial class UrlLog
{
    [LoggerMessage(1301, LogLevel.Warning, "A URL was refused: {Host} has the address {Address} ({Why}).")]
    internal static partial void AddressRefused(ILogger log, string host, IPAddress address, string why);

    [LoggerMessage(1302, LogLevel.Information, "The lookup of {Host} failed ({Problem}).")]
    internal static partial void LookupFailed(ILogger log, string host, string problem);

    [LoggerMessage(1303, LogLevel.Information, "A URL was refused: {Host} has {Count} addresses.")]
    internal static partial void NoAddress(ILogger log, string host, int count);

    [LoggerMessage(1304, LogLevel.Warning, "A request was refused: {Problem}.")]
    internal static partial void RequestRefused(ILogger log, string problem);

    [LoggerMessage(1305, LogLevel.Warning, "A redirect from {Host} was refused: {Problem}.")]
    internal static partial void RedirectRefused(ILogger log, string host, string problem);

    [LoggerMessage(1306, LogLevel.Information, "A request to {Host} failed ({Problem}).")]
    internal static partial void RequestFailed(ILogger log, string host, string problem);
}
