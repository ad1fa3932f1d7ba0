namespace McpSecureGen.Invocation;

/// <summary>Configuration section <c>McpSecurity:Confirmation</c>: the key that authenticates what a client carries between two requests.</summary>
/// <remarks>
/// It is needed only where several processes serve one address, so that one may ask and another be answered. Without it each process makes its own
/// at random. Use one or the other setting, never the key of anything else.
/// </remarks>
public sealed class ConfirmationOptions
{
    /// <summary>The key in base64, 32 bytes or more.</summary>
    public string? Key { get; set; }

    /// <summary>A file that holds the key in base64. Read at start-up; at most 4 KiB.</summary>
    public string? KeyFile { get; set; }
}
