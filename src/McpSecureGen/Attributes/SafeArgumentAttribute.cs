namespace McpSecureGen;

/// <summary>
/// One element of a program's argument list: one line of visible text that cannot be taken for an option, a response file or anything else than data.
/// </summary>
/// <remarks>
/// <para>On <see langword="string"/>, collections of strings and members of complex parameters. It makes text safe as one element of an argument
/// <em>list</em> (<see cref="System.Diagnostics.ProcessStartInfo.ArgumentList"/>, <see cref="ToolProcess"/>), never inside a command line that a shell splits.</para>
/// <para>Refused at the front, also after white space: <c>-</c>, <c>+</c>, <c>@</c>, every dash of Unicode and every other form of these signs, which programs
/// with an ANSI command line receive as the sign itself; on Windows also <c>/</c>, which begins a path on Unix. Refused anywhere: what
/// <see cref="SafeTextAttribute"/> refuses.</para>
/// <para>CWE-88; CVE-2025-68144, CVE-2026-61459, CVE-2026-39884.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property, Inherited = true)]
public sealed class SafeArgumentAttribute : Attribute
{
    /// <summary>
    /// A regular expression that the whole value must match; run without backtracking, between <c>\A</c> and <c>\z</c>. One that needs a lookaround, a back
    /// reference or an atomic group stops the server at its start. Not set: any visible text.
    /// </summary>
    public string? Pattern { get; set; }

    /// <summary>
    /// Whether the value may begin with a dash, plus or at sign, as options and response files do, and on Windows with a slash. Default <see langword="false"/>.
    /// </summary>
    public bool AllowLeadingDash { get; set; }

    /// <summary>The greatest length in UTF-16 characters. Default 1024; below 1 the server does not start.</summary>
    public int MaxLength { get; set; } = 1024;
}
