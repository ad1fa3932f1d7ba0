namespace McpSecureGen;

/// <summary>
/// A <see cref="ConfinedPath"/> refused an operation: it would leave the root, or what stands there is not what the declaration allows. The message holds
/// no path of the host and may be shown to a client.
/// </summary>
public sealed class PathRefusedException : IOException
{
    /// <summary>A refusal without words.</summary>
    public PathRefusedException()
        : base("The path is refused.")
    {
    }

    /// <summary>A refusal.</summary>
    /// <param name="message">What is wrong, without a path of the host.</param>
    public PathRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal that something else caused.</summary>
    /// <param name="message">What is wrong, without a path of the host.</param>
    /// <param name="innerException">Its cause.</param>
    public PathRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal static PathRefusedException Outside() => new("The path must lie inside its root folder.");

    internal static PathRefusedException Link() => new("The path must not end in a link.");

    internal static PathRefusedException Special() => new("The path must name a regular file, not a pipe, socket or device.");
}
