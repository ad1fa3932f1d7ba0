using McpSecureGen.Capabilities;
using McpSecureGen.Cli.Output;
using McpSecureGen.Cli.Roles;

namespace McpSecureGen.Cli.Tokens;

/// <summary>Whether scopes will mean something to a server.</summary>
internal static class ScopeCheck
{
    /// <summary>What is wrong with a scope as such (RFC 6749, appendix A.4); null when nothing is.</summary>
    public static string? SyntaxProblem(string scope) =>
        scope.Length == 0 || scope.Any(character => character is < '!' or > '~' or '"' or '\\')
            ? $"--scope '{Printable.Of(scope)}' is not one scope. Write printable ASCII without spaces, quotes and backslashes; repeat --scope for several."
            : null;

    /// <summary>One sentence for each scope that grants nothing.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> scopes, CapabilityVocabulary vocabulary, IEnumerable<string> known)
    {
        foreach (var scope in scopes)
        {
            if (!CapabilityGrant.TryParse(scope, out var grant))
            {
                yield return $"Scope '{Printable.Of(scope)}' is no capability name and grants nothing. Write verb:object, or namespace/verb:object.";
            }
            else if (!vocabulary.IsKnown(grant.Capability))
            {
                var nearest = NearestName.To(grant.Capability, known) is { } name ? $" Did you mean '{name}'?" : "";
                yield return $"Scope '{scope}' is no known capability and grants nothing.{nearest} If the server defines it, name the server's "
                    + "assembly with --assembly.";
            }
        }
    }
}
