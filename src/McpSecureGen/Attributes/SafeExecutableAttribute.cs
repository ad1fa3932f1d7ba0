namespace McpSecureGen;

/// <summary>A program that a tool may start, one of a list. The method receives its absolute path, or is not called.</summary>
/// <remarks>
/// <para>On <see langword="string"/>, collections of strings and members of complex parameters. CWE-78, CWE-427.</para>
/// <para>An absolute path in the list names that file. A plain name (<c>git</c>) names the file that the operator has set under
/// <c>McpSecurity:Executables:git</c>; without that setting the server does not start. Nothing is ever looked up in <c>PATH</c> or the working directory.</para>
/// <para>Names compare character by character. Links are resolved at the start. A shell or another program that starts what its arguments say, a batch file, a file that
/// every account may write or that lies where tools may write stops the server; the file is examined again at each call.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property, Inherited = true)]
public sealed class SafeExecutableAttribute(params string[] executables) : Attribute
{
    /// <summary>The programs, as the client names them. An empty list allows nothing and stops the server.</summary>
    public string[] Executables { get; } = executables;
}
